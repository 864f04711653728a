import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const noTauri = { regex: '^@tauri-apps/', message: 'Only lib/counter.ts speaks to Rust.' };
const noDomain = {
  regex: '^(\\.\\./)+(today|projects|intake|quotes|clients|gold|papers|house)(/|$)|/lib/(counter|bindings|live)',
  message: 'kit/ knows no domain.',
};
const say = 'Rust formats numbers and days.';

export default defineConfig(
  globalIgnores(['dist/', 'src/lib/bindings.ts']),
  js.configs.recommended,
  ts.configs.strict,
  svelte.configs.recommended,
  {
    languageOptions: { globals: globals.browser, parserOptions: { extraFileExtensions: ['.svelte'] } },
    rules: { 'no-undef': 'off' },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    files: ['src/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [noTauri] }],
      'no-restricted-globals': ['error', { name: 'Intl', message: say }, { name: 'parseFloat', message: say }],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'MemberExpression[property.name=/^(toFixed|toPrecision|toLocaleString|toLocaleDateString|toLocaleTimeString)$/]',
          message: say,
        },
      ],
    },
  },
  { files: ['src/kit/**'], rules: { 'no-restricted-imports': ['error', { patterns: [noTauri, noDomain] }] } },
  { files: ['src/lib/counter.ts'], rules: { 'no-restricted-imports': 'off' } },
);
