// Words from the core's own Fluent files: the screen's labels and the core's sentences come from one place.
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';

export type Lang = 'nl' | 'fr' | 'en' | 'de';
export const LANGUAGES: { code: Lang; name: string }[] = [
  { code: 'nl', name: 'Nederlands' },
  { code: 'fr', name: 'Français' },
  { code: 'en', name: 'English' },
  { code: 'de', name: 'Deutsch' },
];

/** Whether those letters are one of the four languages. */
export const isLang = (code: string): code is Lang => LANGUAGES.some((language) => language.code === code);

const files = import.meta.glob<string>('../../../src-tauri/core/words/*/*.ftl', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const bundles = new Map<Lang, FluentBundle>();

function bundle(lang: Lang): FluentBundle {
  const known = bundles.get(lang);
  if (known) return known;
  const made = new FluentBundle(lang, { useIsolating: false });
  for (const [path, text] of Object.entries(files)) {
    if (path.includes(`/words/${lang}/`)) made.addResource(new FluentResource(text));
  }
  bundles.set(lang, made);
  return made;
}

/** Says a message as the core does: in English where the language lacks it, by the words of its key where none has it. */
export function word(lang: Lang, key: string, facts?: Record<string, FluentVariable>): string {
  for (const found of [bundle(lang), bundle('en')]) {
    const message = found.getMessage(key);
    if (message?.value) return found.formatPattern(message.value, facts, []);
  }
  return key.replaceAll('-', ' ');
}

/** The language the system speaks, where it is one of the four. */
export function systemLanguage(): Lang {
  const spoken = navigator.language.slice(0, 2);
  return LANGUAGES.find((language) => language.code === spoken)?.code ?? 'en';
}
