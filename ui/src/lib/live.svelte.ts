// What every screen shares: who is working, in which language, where one is, and that something was done.
import { LANGUAGES, isLang, learn, systemLanguage, word, type Lang } from './words';
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
  | { screen: 'project'; id: string; open?: string; piece?: string }
  | { screen: 'new-project'; kind: 'tailor-made' | 'made-to-order' }
  | { screen: 'ask'; opening?: Opening }
  | { screen: 'cases' }
  | { screen: 'case'; id: string; open?: string }
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

/** How large everything is, in hundredths. */
export const ZOOMS = [80, 90, 100, 110, 125, 150, 175, 200] as const;
/** How long a slip can be taken back, in milliseconds. */
const UNDO_FOR = 10_000;

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
  /** Counts how often the house moved to a server or back. */
  moved = $state(0);
  /** Where one was, in order, and how far down each page; and the place in that order one is at. */
  #trail = $state.raw<{ place: Place; scroll: number; kept: Record<string, string> }[]>([
    { place: { screen: 'today' }, scroll: 0, kept: {} },
  ]);
  #at = $state(0);
  /** What the place is about, for the title of the window: the number of a project. */
  about = $state('');
  place = $derived<Place>(this.#trail[this.#at]?.place ?? { screen: 'today' });
  /** The paper that is looked at, over everything else. */
  paper = $state<{ id: string; name: string } | null>(null);
  /** What the screen is for, or the keys: what lies over the page while someone reads it. */
  sheet = $state<'' | 'help' | 'keys' | 'tour' | 'new-case'>('');
  /** What went wrong where no form waited for it. */
  fault = $state('');
  /** Whether something that was asked for is late. */
  late = $state(false);
  /** How far a file is that is being saved, in hundredths, where that takes long. */
  saving = $state<number | null>(null);
  zoom = $state<number>(Number(remembered('zoom', ZOOMS.map(String), '100')));
  /** What was done last, while it can be taken back. */
  undo = $state.raw<(() => Promise<unknown>) | null>(null);
  /** What is asked before it is done. */
  question = $state.raw<{ text: string; answer: (sure: boolean) => void } | null>(null);
  #forgets = 0;

  /** Everything larger, smaller, or as it was. */
  size(step: -1 | 0 | 1) {
    const at = ZOOMS.findIndex((zoom) => zoom === this.zoom);
    this.zoom = step === 0 ? 100 : (ZOOMS[Math.min(Math.max(at + step, 0), ZOOMS.length - 1)] ?? 100);
    localStorage.setItem('zoom', String(this.zoom));
  }

  /** Asks whether something is meant, before it is done. */
  isSure(text: string): Promise<boolean> {
    this.question?.answer(false);
    return new Promise((resolve) => {
      this.question = {
        text,
        answer: (sure) => {
          this.question = null;
          resolve(sure);
        },
      };
    });
  }

  /** Offers to take back what was just done, for ten seconds; nothing where it cannot be. */
  offer(undo: (() => Promise<unknown>) | null) {
    window.clearTimeout(this.#forgets);
    this.undo = undo;
    if (undo) this.#forgets = window.setTimeout(() => (this.undo = null), UNDO_FOR);
  }

  /** Locks the window: what lay over the page, and what could be taken back, was whoever's worked before. */
  lock() {
    this.fault = '';
    this.signedIn = false;
    this.question?.answer(false);
    this.paper = null;
    this.sheet = '';
    this.offer(null);
  }

  choose(who: string) {
    this.who = who;
    localStorage.setItem('who', who);
  }

  async speak(language: string) {
    if (!isLang(language)) return;
    localStorage.setItem('language', language);
    await learn(language);
    // Whoever chose another one meanwhile has that.
    if (localStorage.getItem('language') === language) this.language = language;
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
    this.#trail = [...behind, { place, scroll: 0, kept: {} }].slice(-MOST_STEPS);
    this.#at = this.#trail.length - 1;
    this.about = '';
  }

  canGo(steps: -1 | 1): boolean {
    return this.#trail[this.#at + steps] !== undefined;
  }

  /** Goes back or forward. */
  step(steps: -1 | 1) {
    if (!this.canGo(steps)) return;
    this.#at += steps;
    this.about = '';
  }

  /** Remembers which draft the intake that one is at is kept under: coming back finds it as it was left. */
  keeps(draft: string) {
    const here = this.#trail[this.#at]?.place;
    if (here?.screen === 'intake') here.draft = draft;
  }

  /** What a page was left with where one is: a filter, a shape. Coming back finds it so. */
  kept(name: string, usual = ''): string {
    return this.#trail[this.#at]?.kept[name] ?? usual;
  }

  /** Remembers what a page stands at where one is. */
  keep(name: string, value: string) {
    const here = this.#trail[this.#at];
    if (here) here.kept[name] = value;
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
