// What is typed into a form, kept in the store a moment after the last key: over a kill, a lock, another language. It says so
// only of what was written, and says at once what could not be.
import type { DraftView } from './bindings';
import {
  ask,
  draftName,
  dropDraft,
  forget,
  liesHere,
  saveDraft,
  sentLast,
  settled,
  takeOverDraft,
  unsent,
} from './counter';
import { session } from './live.svelte';
import { whatWentWrong, type Said } from './trouble';

/** Nothing is typed for so long: it is written down. */
const PAUSE = 250;
/** It could not be written: tried again after so long, until it can. */
const AGAIN = 3000;

/** The form that writes each draft. One that is opened again takes over what the one before could not write. */
// eslint-disable-next-line svelte/prefer-svelte-reactivity -- no screen shows it
const writers = new Map<string, Draft>();

export class Draft {
  /** `kept`: what was typed is written down. `unkept`: it could not be, and is tried again. */
  state = $state<'' | 'kept' | 'unkept'>('');
  /** Why it could not be written. */
  trouble = $state('');
  /** Whether it lies on this computer until the house's server answers. */
  isHere = $state(false);
  /** Whether something was typed that was not acted on yet. */
  isTyped = $state(false);
  /** What others typed into the same form and did not finish. */
  others = $state<DraftView[]>([]);
  readonly id: string;
  /** Whose it is: whoever was at work when the form was opened. */
  readonly maker: string;
  readonly #name: string;
  readonly #body: () => unknown;
  readonly #put: ((kept: unknown) => void) | null;
  #timer = 0;
  /** Whether something is still to be written. */
  #waiting = false;
  /** While it is acted on, and for good once it is done with, nothing is written. */
  #still: '' | 'stopped' | 'over' = '';
  /** Whether the form holds what was kept of it. Before that, what is tried again is what was sent last, not an empty form. */
  #restored = true;
  /** The form as it was when it was looked at last: what is as before needs no writing. */
  #before: string;

  /** `body` is what is kept; it is asked for when it is written. `put` puts what another typed into the form. */
  constructor(id: string, body: () => unknown, put: ((kept: never) => void) | null = null) {
    this.id = id;
    this.maker = session.who;
    this.#name = draftName(id, this.maker);
    this.#body = body;
    this.#put = put as ((kept: unknown) => void) | null;
    this.#before = this.#text();
    const left = writers.get(this.#name);
    writers.set(this.#name, this);
    const isLeft = left !== undefined && left.#waiting;
    if (!isLeft && !liesHere(this.#name)) return;
    this.state = 'unkept';
    if (left && isLeft) {
      clearTimeout(left.#timer);
      left.#still = 'over';
      left.#waiting = false;
      this.trouble = left.trouble;
    }
    this.#restored = false;
    this.#waiting = true;
    this.#later(PAUSE);
  }

  /** What whoever works here typed into a form: as it was sent last, or as the store has it. */
  static kept<T>(id: string, drafts: DraftView[]): T | null {
    return Draft.#stored<T>(id, drafts, session.who, sentLast);
  }

  static #stored<T>(id: string, drafts: DraftView[], maker: string, sent: (name: string) => string | null): T | null {
    const own = drafts.find((draft) => draft.id === id && (draft.maker === maker || draft.maker === ''));
    const body = sent(draftName(id, maker)) ?? own?.body;
    return body === undefined ? null : (JSON.parse(body) as T);
  }

  /** Begins a form elsewhere, with what is known already; whatever wrote it is over. */
  static async put(id: string, body: unknown) {
    writers.get(draftName(id, session.who))?.over();
    await saveDraft(id, session.who, body);
  }

  /** Throws away what whoever works here typed into a form, and whatever would write it again. */
  static async throwAway(id: string) {
    writers.get(draftName(id, session.who))?.over();
    await dropDraft(id, session.who);
  }

  /** What others typed into this form. */
  knows(drafts: DraftView[]) {
    const another = (draft: DraftView) => draft.id === this.id && draft.maker !== '' && draft.maker !== this.maker;
    this.others = drafts.filter(another);
  }

  /** Goes on with what another typed, in place of what stands here. */
  async takeOver(other: DraftView) {
    await this.stop();
    try {
      // As they left it by now.
      const body = await takeOverDraft(this.id, other.maker);
      this.#waiting = false;
      this.#put?.(JSON.parse(body));
      this.others = this.others.filter((one) => one.maker !== other.maker);
      this.begin();
      this.isTyped = true;
      this.state = 'kept';
    } finally {
      this.resume();
    }
  }

  /** The same as `kept`, asked of the store, until it answers; what is still to be written is not called kept. */
  async read<T>(): Promise<T | null> {
    for (;;) {
      try {
        const { drafts } = await ask({ about: 'start' });
        await settled(this.#name);
        this.knows(drafts);
        const found = Draft.#stored<T>(this.id, drafts, this.maker, unsent);
        this.#restored = true;
        if (found === null) return null;
        this.isTyped = true;
        this.#before = JSON.stringify(found);
        if (!this.#waiting) this.state = 'kept';
        return found;
      } catch (error) {
        this.trouble = whatWentWrong(error).text;
        await new Promise((resolve) => setTimeout(resolve, AGAIN));
      }
    }
  }

  /** What stands in the form now is what it begins with: nothing of it was typed. */
  begin() {
    this.#before = this.#text();
    this.isTyped = false;
    if (this.#still === 'stopped') this.#still = '';
  }

  /** The form was looked at: what was changed in it is written in a moment, or once it is no longer acted on. */
  poke() {
    const now = this.#text();
    if (this.#still === 'over' || now === this.#before) return;
    this.isTyped = true;
    this.#before = now;
    this.#restored = true;
    this.#waiting = true;
    // Not kept until it is written; that it could not be written stays said.
    if (this.state === 'kept') this.state = '';
    if (this.#still === '') this.#later(PAUSE);
  }

  /** The form is left: what is not written yet is written now. */
  now() {
    if (this.#waiting) this.#write();
    else clearTimeout(this.#timer);
  }

  /** It is acted on: nothing is written meanwhile, and what was begun is over when this answers. */
  async stop() {
    clearTimeout(this.#timer);
    if (this.#still === '') this.#still = 'stopped';
    await settled(this.#name);
  }

  /** The action was refused: what was typed is kept as before, and what was not written yet is written. */
  resume() {
    if (this.#still !== 'stopped') return;
    this.#still = '';
    if (this.#waiting) this.#later(PAUSE);
  }

  /** What was typed was acted on, and the action took the draft away: nothing of it is written again. */
  over() {
    clearTimeout(this.#timer);
    this.#still = 'over';
    this.#waiting = false;
    this.isTyped = false;
    this.state = '';
    forget(this.#name);
  }

  /** The form is done: nothing of it stays. A form that stays open begins anew at the next change. */
  async drop() {
    await this.stop();
    this.#waiting = false;
    this.state = '';
    await dropDraft(this.id, this.maker);
    this.begin();
  }

  #text(): string {
    return JSON.stringify(this.#body()) ?? '';
  }

  #later(ms: number) {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#write(), ms);
  }

  #write() {
    clearTimeout(this.#timer);
    if (this.#still !== '') return;
    this.#waiting = false;
    const sent = sentLast(this.#name);
    const body = this.#restored || sent === null ? this.#body() : JSON.parse(sent);
    const text = JSON.stringify(body);
    saveDraft(this.id, this.maker, body).then(
      () => {
        // Overtaken by newer text, it says nothing of that.
        if (this.#still === 'over' || sentLast(this.#name) !== text) return;
        this.state = 'kept';
        this.trouble = '';
      },
      (error: unknown) => {
        const writer = writers.get(this.#name) ?? this;
        writer.#failed(whatWentWrong(error));
      },
    );
  }

  #failed(why: Said) {
    if (this.#still === 'over') return;
    this.state = 'unkept';
    this.trouble = why.text;
    this.isHere = why.kind === 'away';
    this.#waiting = true;
    // While it is acted on nothing is tried: the action ends it, or has it written again.
    if (this.#still === '') this.#later(AGAIN);
  }
}
