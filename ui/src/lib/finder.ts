// What the search field leads to. Enter acts on the answer to the text that stands in the field when it is pressed, however late that
// answer comes and whatever is typed meanwhile; an answer to an older text never takes the place of a newer one's.

/** Looks something up; its answers may come in any order. */
export type Lookup<T> = (text: string) => Promise<T>;

export class Finder<T> {
  #lookup: Lookup<T>;
  #found: (answer: T | null) => void;
  #opened: (answer: T, text: string) => void;
  #turn = 0;
  #entered = 0;
  #answer: { text: string; value: T } | null = null;

  /** `found` is told each answer that is to be shown; `opened` the answer that Enter was pressed on. */
  constructor(lookup: Lookup<T>, found: (answer: T | null) => void, opened: (answer: T, text: string) => void) {
    this.#lookup = lookup;
    this.#found = found;
    this.#opened = opened;
  }

  /** The text that stands in the field now. */
  async type(text: string) {
    const turn = ++this.#turn;
    if (!text.trim()) {
      this.#answer = null;
      this.#found(null);
      return;
    }
    const value = await this.#lookup(text).catch(() => null);
    if (turn !== this.#turn || value === null) return;
    this.#answer = { text, value };
    this.#found(value);
  }

  /** Whether the last answer is one to that text. */
  answers(text: string): boolean {
    return this.#answer?.text === text;
  }

  /** Enter was pressed with that text in the field. */
  async enter(text: string) {
    if (!text.trim()) return;
    const mine = ++this.#entered;
    const known = this.#answer?.text === text ? this.#answer.value : null;
    const value = known ?? (await this.#lookup(text).catch(() => null));
    // Who pressed Enter again since waits for that.
    if (mine !== this.#entered || value === null) return;
    this.#opened(value, text);
  }
}
