// What every screen shares: who is working, in which language, where one is, and that something was done.
import { systemLanguage, word, type Lang } from './words';
import type { FluentVariable } from '@fluent/bundle';

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

export type Theme = 'system' | 'light' | 'dark';

class Session {
  who = $state(localStorage.getItem('who') ?? '');
  language = $state<Lang>((localStorage.getItem('language') as Lang | null) ?? systemLanguage());
  theme = $state<Theme>((localStorage.getItem('theme') as Theme | null) ?? 'system');
  /** Whether whoever works gave their PIN, where people have one. */
  signedIn = $state(false);
  /** Counts actions: whoever reads it is asked again after one. */
  acted = $state(0);
  place = $state<Place>({ screen: 'today' });
  /** The paper that is looked at, over everything else. */
  paper = $state<{ id: string; name: string } | null>(null);

  choose(who: string) {
    this.who = who;
    localStorage.setItem('who', who);
  }

  speak(language: Lang) {
    this.language = language;
    localStorage.setItem('language', language);
  }

  dress(theme: Theme) {
    this.theme = theme;
    localStorage.setItem('theme', theme);
  }

  go(place: Place) {
    this.place = place;
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
        this.trouble = (error as { text?: string }).text ?? String(error);
        this.kind = (error as { kind?: string }).kind ?? '';
      }
    }
  }
}
