// What is typed into a form, kept in the store a moment after the last key: over a kill, a lock, another language. It says so
// only of what was written, and says at once what could not be.
import { ask, dropDraft, newest, saveDraft } from './counter';
import type { StartView } from './bindings';

/** Nothing is typed for so long: it is written down. */
const PAUSE = 250;
/** It could not be written: tried again after so long, until it can. */
const AGAIN = 3000;

export class Draft {
  /** `kept`: what was typed is written down. `unkept`: it could not be, and is tried again. */
  state = $state<'' | 'kept' | 'unkept'>('');
  /** Why it could not be written. */
  trouble = $state('');
  readonly id: string;
  readonly #body: () => unknown;
  #timer = 0;
  #waiting = false;
  #running: Promise<void> = Promise.resolve();

  /** `body` is what is kept; it is asked for when it is written. */
  constructor(id: string, body: () => unknown) {
    this.id = id;
    this.#body = body;
  }

  /** What was kept under a name: as it was sent last, or as the store has it. */
  static kept<T>(id: string, drafts: { id: string; body: string }[]): T | null {
    const body = newest.get(id) ?? drafts.find((draft) => draft.id === id)?.body;
    return body === undefined ? null : (JSON.parse(body) as T);
  }

  /** The same, asked of the store. */
  async read<T>(): Promise<T | null> {
    const found = Draft.kept<T>(this.id, (await ask<StartView>({ about: 'start' })).drafts);
    if (found !== null) this.state = 'kept';
    return found;
  }

  /** Something was typed. */
  poke() {
    this.#waiting = true;
    this.#later(PAUSE);
  }

  /** The form is left: what is not written yet is written now. */
  now() {
    if (this.#waiting) this.#write();
    else clearTimeout(this.#timer);
  }

  /** Nothing more is written, and what was begun is over. */
  async stop() {
    clearTimeout(this.#timer);
    this.#waiting = false;
    await this.#running;
  }

  /** What was typed was acted on, and the action took the draft away. */
  over() {
    this.state = '';
    newest.delete(this.id);
  }

  /** The form is done: nothing of it stays. */
  async drop() {
    await this.stop();
    this.state = '';
    await dropDraft(this.id);
  }

  #later(ms: number) {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#write(), ms);
  }

  #write() {
    clearTimeout(this.#timer);
    this.#waiting = false;
    this.#running = saveDraft(this.id, this.#body()).then(
      () => {
        this.state = 'kept';
        this.trouble = '';
      },
      (error: unknown) => {
        this.state = 'unkept';
        this.trouble = (error as { text?: string }).text ?? String(error);
        this.#waiting = true;
        this.#later(AGAIN);
      },
    );
  }
}
