// What every screen shares: who is working, in which language, where one is, and that something was done.
import { LANGUAGES, isLang, systemLanguage, word, type Lang } from './words';
import type { FluentVariable } from '@fluent/bundle';
import { whatWentWrong } from './trouble';

/** What a case begins with, while the Ask desk asks its facts. */
export interface Opening {
  kind: string;
  client: string;
  item: string;
  lines: number[];
}

export type Place =
  | { screen: 'today' }
  | { screen: 'projects' }
  | { screen: 'project'; id: string; open?: 'quote'; step?: string }
  | { screen: 'ask'; opening?: Opening }
  | { screen: 'cases' }
  | { screen: 'case'; id: string }
  | { screen: 'intake'; draft: string | null; client: string | null }
  | { screen: 'clients' }
  | { screen: 'client'; id: string }
  | { screen: 'gold' }
  | { screen: 'house' };

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** What was remembered on this machine, where it is one of those words. */
function remembered<T extends string>(name: string, words: readonly T[], usual: T): T {
  const kept = localStorage.getItem(name);
  return words.find((word) => word === kept) ?? usual;
}

/** How many places back one can go. */
const MOST_STEPS = 100;

class Session {
  who = $state(localStorage.getItem('who') ?? '');
  language = $state<Lang>(
    remembered(
      'language',
      LANGUAGES.map((language) => language.code),
      systemLanguage(),
    ),
  );
  theme = $state<Theme>(remembered('theme', THEMES, 'system'));
  /** Whether whoever works gave their PIN, where people have one. */
  signedIn = $state(false);
  /** Counts actions: whoever reads it is asked again after one. */
  acted = $state(0);
  /** Where one was, in order, and how far down each page; and the place in that order one is at. */
  #trail = $state.raw<{ place: Place; scroll: number }[]>([{ place: { screen: 'today' }, scroll: 0 }]);
  #at = $state(0);
  place = $derived<Place>(this.#trail[this.#at]?.place ?? { screen: 'today' });
  /** The paper that is looked at, over everything else. */
  paper = $state<{ id: string; name: string } | null>(null);

  choose(who: string) {
    this.who = who;
    localStorage.setItem('who', who);
  }

  speak(language: string) {
    if (!isLang(language)) return;
    this.language = language;
    localStorage.setItem('language', language);
  }

  dress(wanted: string) {
    const theme = THEMES.find((known) => known === wanted);
    if (!theme) return;
    this.theme = theme;
    localStorage.setItem('theme', theme);
  }

  /** Goes somewhere; what lay ahead on the way back is forgotten. Where one is already, nothing is added to the way back. */
  go(place: Place) {
    const same = JSON.stringify(place) === JSON.stringify(this.place);
    const behind = this.#trail.slice(0, same ? this.#at : this.#at + 1);
    this.#trail = [...behind, { place, scroll: 0 }].slice(-MOST_STEPS);
    this.#at = this.#trail.length - 1;
  }

  canGo(steps: -1 | 1): boolean {
    return this.#trail[this.#at + steps] !== undefined;
  }

  /** Goes back or forward. */
  step(steps: -1 | 1) {
    if (this.canGo(steps)) this.#at += steps;
  }

  /** Remembers which draft the intake that one is at is kept under: coming back finds it as it was left. */
  keeps(draft: string) {
    const here = this.#trail[this.#at]?.place;
    if (here?.screen === 'intake') here.draft = draft;
  }

  /** Remembers how far down the page one is. */
  scroll(top: number) {
    const here = this.#trail[this.#at];
    if (here) here.scroll = top;
  }

  /** How far down one was on the page of a place. */
  scrolled(place: Place): number {
    return this.#trail.find((step) => step.place === place)?.scroll ?? 0;
  }
}

export const session = new Session();

/** A label in the language of the screen. */
export function say(key: string, facts?: Record<string, FluentVariable>): string {
  return word(session.language, key, facts);
}

/** A value that comes late, and only if nothing newer was asked for meanwhile. */
export class Asked<T> {
  value = $state<T | null>(null);
  trouble = $state<string>('');
  /** What kind of trouble: `key` where the store needs its key. */
  kind = $state<string>('');
  #turn = 0;

  async load(promise: Promise<T>) {
    const turn = ++this.#turn;
    try {
      const value = await promise;
      if (turn === this.#turn) {
        this.value = value;
        this.trouble = '';
        this.kind = '';
      }
    } catch (error) {
      if (turn === this.#turn) {
        this.trouble = whatWentWrong(error).text;
        this.kind = whatWentWrong(error).kind;
      }
    }
  }
}
