// A list that is read a part at a time: the first, and more once it is asked for.
import { untrack } from 'svelte';
import { whatWentWrong } from './trouble';

/** The lines of a part, and where the list is read on from; nothing where it ends there. */
interface Read<L, K> {
  lines: L[];
  next: K | null;
}

export class Listed<L, P, K> {
  /** Every line that was read. */
  lines = $state.raw<L[]>([]);
  /** Its first part, which says what there is in all; nothing before it was read. */
  first = $state.raw<P | null>(null);
  trouble = $state('');
  #next = $state.raw<K | null>(null);
  #turn = 0;
  /** Whether its beginning is being read: what follows is asked for after that. */
  #loading = false;
  #ask: ((after: K | null) => Promise<P>) | null = null;
  #read: (part: P) => Read<L, K>;

  constructor(read: (part: P) => Read<L, K>) {
    this.#read = read;
  }

  /** Whether more follow. */
  get more(): boolean {
    return this.#next !== null;
  }

  /** Reads the list from its beginning, as far as it was read before where it is the same one. */
  async load(ask: (after: K | null) => Promise<P>, same: boolean) {
    const turn = ++this.#turn;
    this.#ask = ask;
    this.#loading = true;
    // Whoever asks again because of this is not to be told of its own lines.
    const wanted = same ? untrack(() => this.lines.length) : 0;
    try {
      const first = await ask(null);
      let { lines, next } = this.#read(first);
      while (next !== null && lines.length < wanted) {
        const part = this.#read(await ask(next));
        lines = [...lines, ...part.lines];
        next = part.next;
      }
      if (turn === this.#turn) {
        this.first = first;
        this.#shows(lines, next);
      }
    } catch (error) {
      if (turn === this.#turn) this.trouble = whatWentWrong(error).text;
    }
    if (turn === this.#turn) this.#loading = false;
  }

  /** Reads the next part. */
  async further() {
    const [turn, from, next] = [this.#turn, this.lines, this.#next];
    if (!this.#ask || next === null || this.#loading) return;
    try {
      const part = this.#read(await this.#ask(next));
      if (turn === this.#turn && from === this.lines) this.#shows([...from, ...part.lines], part.next);
    } catch (error) {
      if (turn === this.#turn) this.trouble = whatWentWrong(error).text;
    }
  }

  #shows(lines: L[], next: K | null) {
    this.lines = lines;
    this.#next = next;
    this.trouble = '';
  }
}

/** A list of dossiers or clients, which is read on from the last one that is shown. */
export function listedById<L extends { id: string }, P extends { lines: L[]; more: boolean }>() {
  return new Listed<L, P, string>(({ lines, more }) => ({
    lines,
    next: more ? (lines.at(-1)?.id ?? null) : null,
  }));
}
