import { expect, test } from 'vitest';
import { LANGUAGES, learn, word } from './words';

const all = import.meta.glob<string>('../../../src-tauri/core/words/en/*.ftl', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const screens = import.meta.glob<string>(['../**/*.svelte', '../**/*.ts', '!**/*.test.ts', '!**/bindings.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

test('every word that a screen says is among those it reads', async () => {
  await learn('en');
  const keys = (text: string) => [...text.matchAll(/^([a-z][\w-]*) =/gm)].map(([, key]) => key ?? '');
  const known = new Set(Object.values(all).flatMap(keys));
  const said = Object.values(screens).flatMap((text) => [...text.matchAll(/say\(\s*['"`]([a-z][\w-]*)['"`]/g)]);
  const names = [...new Set(said.map(([, key]) => key ?? ''))];
  expect(names.length).toBeGreaterThan(300);
  for (const key of names) {
    expect(known, key).toContain(key);
    expect(word('en', key), key).not.toBe(key.replaceAll('-', ' '));
  }
});

test('the screen speaks the four languages from the core’s own files', async () => {
  for (const language of LANGUAGES) await learn(language.code);
  const said = LANGUAGES.map((language) => word(language.code, 'ui-today'));
  expect(said).toEqual(['Vandaag', 'Aujourd’hui', 'Today', 'Heute']);
});

test('facts are put in without marks around them', async () => {
  await learn('en');
  expect(word('en', 'ui-take-title', { title: '750' })).toBe('Use 750 ‰ from the stamp');
});
