// What is typed into a form, kept in the store a moment after the last key: over a kill, a lock, another language. It says so
// only of what was written, and says at once what could not be.
import { ask, dropDraft, newest, saveDraft } from './counter';

/** Nothing is typed for so long: it is written down. */
const PAUSE = 250;
/** It could not be written: tried again after so long, until it can. */
const AGAIN = 3000;

/** The form that writes under each name. One that is opened again takes over what the one before could not write. */
// eslint-disable-next-line svelte/prefer-svelte-reactivity -- no screen shows it
const writers = new Map<string, Draft>();

export class Draft {
  /** `kept`: what was typed is written down. `unkept`: it could not be, and is tried again. */
  state = $state<'' | 'kept' | 'unkept'>('');
  /** Why it could not be written. */
  trouble = $state('');
  readonly id: string;
  readonly #body: () => unknown;
  #timer = 0;
  #waiting = false;
  /** While it is acted on, and for good once it is done with, nothing is written. */
  #still: '' | 'stopped' | 'over' = '';
  /** The form as it was when it was opened, or written or given up last. */
  #before: string;
  #running: Promise<void> = Promise.resolve();

  /** `body` is what is kept; it is asked for when it is written. */
  constructor(id: string, body: () => unknown) {
    this.id = id;
    this.#body = body;
    this.#before = this.#text();
    const left = writers.get(id);
    writers.set(id, this);
    if (!left || !left.#waiting) return;
    clearTimeout(left.#timer);
    this.state = 'unkept';
    this.trouble = left.trouble;
    this.#waiting = true;
    this.#later(PAUSE);
  }

  /** What was kept under a name: as it was sent last, or as the store has it. */
  static kept<T>(id: string, drafts: { id: string; body: string }[]): T | null {
    const body = newest.get(id) ?? drafts.find((draft) => draft.id === id)?.body;
    return body === undefined ? null : (JSON.parse(body) as T);
  }

  /** The same, asked of the store; what is still to be written is not called kept. */
  async read<T>(): Promise<T | null> {
    const { drafts } = await ask({ about: 'start' });
    const found = Draft.kept<T>(this.id, drafts);
    if (found === null) return null;
    this.#before = JSON.stringify(found);
    if (!this.#waiting) this.state = 'kept';
    return found;
  }

  /** What stands in the form now is what it begins with: nothing of it was typed. */
  begin() {
    this.#before = this.#text();
  }

  /** The form was looked at: what was changed in it is written in a moment. */
  poke() {
    const now = this.#text();
    if (this.#still === 'over' || now === this.#before) return;
    this.#before = now;
    this.#still = '';
    this.#waiting = true;
    // Not kept until it is written; that it could not be written stays said.
    if (this.state === 'kept') this.state = '';
    this.#later(PAUSE);
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
    await this.#running;
    clearTimeout(this.#timer);
  }

  /** The action was refused: what was typed is kept as before. */
  resume() {
    if (this.#still !== 'stopped') return;
    this.#still = '';
    this.#waiting = true;
    this.#later(PAUSE);
  }

  /** What was typed was acted on, and the action took the draft away: nothing of it is written again. */
  over() {
    clearTimeout(this.#timer);
    this.#still = 'over';
    this.#waiting = false;
    this.state = '';
    newest.delete(this.id);
  }

  /** The form is done: nothing of it stays. A form that stays open begins anew at the next change. */
  async drop() {
    await this.stop();
    this.#waiting = false;
    this.state = '';
    this.begin();
    await dropDraft(this.id);
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
    this.#running = saveDraft(this.id, this.#body()).then(
      () => {
        if (this.#still === 'over' || this.#waiting) return;
        this.state = 'kept';
        this.trouble = '';
      },
      (error: unknown) => {
        const writer = writers.get(this.id) ?? this;
        writer.#failed((error as { text?: string }).text ?? String(error));
      },
    );
  }

  #failed(why: string) {
    if (this.#still === 'over') return;
    this.state = 'unkept';
    this.trouble = why;
    this.#waiting = true;
    // While it is acted on nothing is tried: the action ends it, or has it written again.
    if (this.#still === '') this.#later(AGAIN);
  }
}
