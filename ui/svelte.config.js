// Our own components are in runes mode; what a package brings keeps its own.
export default {
  vitePlugin: {
    dynamicCompileOptions: ({ filename }) => (filename.includes('node_modules') ? undefined : { runes: true }),
  },
};
