import { FluentResource } from '@fluent/bundle';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Reads the words into messages once, here: at each start of the program it would keep the first page waiting. */
const words: Plugin = {
  name: 'words',
  enforce: 'pre',
  transform: {
    filter: { id: /\.ftl$/ },
    handler: (text) => {
      const messages = JSON.stringify(new FluentResource(text));
      return { code: `export default JSON.parse(${JSON.stringify(messages)});`, map: null };
    },
  },
};

export default defineConfig({
  plugins: [words, svelte()],
  clearScreen: false,
  // The words are the core's files.
  server: { port: 5173, strictPort: true, fs: { allow: ['..'] } },
  // Styles are one small file; of the scripts each screen has its own.
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    // What every screen needs, and the first one, is one file: each file that is asked for costs more than what it holds.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: 'start', test: /node_modules|src\/(kit|lib|shell|today)\/|src\/App\.svelte/ }],
        },
      },
    },
  },
  optimizeDeps: { include: ['axe-core', 'vitest-browser-svelte', '@fluent/bundle'] },
  test: {
    include: ['src/**/*.test.ts'],
    setupFiles: ['vitest-browser-svelte'],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      viewport: { width: 1280, height: 860 },
      provider: playwright({
        launchOptions: { executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
