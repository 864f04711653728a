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

// Grounds and refusals come from the core as sentences: their files are not needed here. Each language is a file of its own, read when
// it is first spoken.
const files = import.meta.glob<string>('../../../src-tauri/core/words/*/{counter,papers}.ftl', {
  query: '?raw',
  import: 'default',
});

const learned = new Map<Lang, FluentBundle>();

/** Reads the words of a language: nothing can be said in it before. */
export async function learn(lang: Lang): Promise<void> {
  if (learned.has(lang)) return;
  const own = Object.entries(files).filter(([path]) => path.includes(`/words/${lang}/`));
  const made = new FluentBundle(lang, { useIsolating: false });
  for (const text of await Promise.all(own.map(([, read]) => read()))) made.addResource(new FluentResource(text));
  learned.set(lang, made);
}

/** Says a message as the core does; by the words of its key where the language lacks it, which a test of the core rules out. */
export function word(lang: Lang, key: string, facts?: Record<string, FluentVariable>): string {
  const found = learned.get(lang);
  const message = found?.getMessage(key);
  return found && message?.value ? found.formatPattern(message.value, facts, []) : key.replaceAll('-', ' ');
}

/** The language the system speaks, where it is one of the four. */
export function systemLanguage(): Lang {
  const spoken = navigator.language.slice(0, 2);
  return LANGUAGES.find((language) => language.code === spoken)?.code ?? 'en';
}
