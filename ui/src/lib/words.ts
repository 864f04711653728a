// Words from the core's own Fluent files: the screen's labels and the core's sentences come from one place.
import { FluentBundle, type FluentResource, type FluentVariable } from '@fluent/bundle';

export type Lang = 'nl' | 'fr' | 'en' | 'de';
export const LANGUAGES: { code: Lang; name: string }[] = [
  { code: 'nl', name: 'Nederlands' },
  { code: 'fr', name: 'Français' },
  { code: 'en', name: 'English' },
  { code: 'de', name: 'Deutsch' },
];

/** Whether those letters are one of the four languages. */
export const isLang = (code: string): code is Lang => LANGUAGES.some((language) => language.code === code);

// Grounds and refusals come from the core as sentences: their files are not needed here. Each language has files of its own, fetched when
// it is first spoken; they were read into messages when the screen was built.
const files = import.meta.glob<FluentResource>('../../../src-tauri/core/words/*/{counter,papers}.ftl', {
  import: 'default',
});

const learned = new Map<Lang, FluentBundle>();

/** Reads the words of a language: nothing can be said in it before. */
export async function learn(lang: Lang): Promise<void> {
  if (learned.has(lang)) return;
  const own = Object.entries(files).filter(([path]) => path.includes(`/words/${lang}/`));
  const made = new FluentBundle(lang, { useIsolating: false });
  for (const messages of await Promise.all(own.map(([, fetched]) => fetched()))) made.addResource(messages);
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
