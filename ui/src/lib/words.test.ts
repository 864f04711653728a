import { expect, test } from 'vitest';
import { LANGUAGES, word } from './words';

test('the screen speaks the four languages from the core’s own files', () => {
  const said = LANGUAGES.map((language) => word(language.code, 'ui-today'));
  expect(said).toEqual(['Vandaag', 'Aujourd’hui', 'Today', 'Heute']);
});

test('facts are put in without marks around them', () => {
  expect(word('en', 'ui-take-title', { title: '750' })).toBe('Use 750 ‰ from the stamp');
});
