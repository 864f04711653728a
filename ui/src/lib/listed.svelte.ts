// A list that is read a part at a time: the first, and more once it is asked for.
import { untrack } from 'svelte';
import { whatWentWrong } from './trouble';

interface Part<L> {
  lines: L[];
  more: boolean;
}

export class Listed<L extends { id: string }, P extends Part<L>> {
  /** Every line that was read. */
  lines = $state.raw<L[]>([]);
  /** Its first part, which says what there is in all; nothing before it was read. */
  first = $state.raw<P | null>(null);
  /** Whether more follow. */
  more = $state(false);
  trouble = $state('');
  #turn = 0;
  /** Whether its beginning is being read: what follows is asked for after that. */
  #loading = false;
  #ask: ((after: string | null) => Promise<P>) | null = null;

  /** Reads the list from its beginning, as far as it was read before where it is the same one. */
  async load(ask: (after: string | null) => Promise<P>, same: boolean) {
    const turn = ++this.#turn;
    this.#ask = ask;
    this.#loading = true;
    // Whoever asks again because of this is not to be told of its own lines.
    const wanted = same ? untrack(() => this.lines.length) : 0;
    try {
      const first = await ask(null);
      let part = first;
      let lines = part.lines;
      let last = lines.at(-1);
      while (part.more && last && lines.length < wanted) {
        part = await ask(last.id);
        lines = [...lines, ...part.lines];
        last = lines.at(-1);
      }
      if (turn === this.#turn) {
        this.first = first;
        this.#shows(lines, part);
      }
    } catch (error) {
      if (turn === this.#turn) this.trouble = whatWentWrong(error).text;
    }
    if (turn === this.#turn) this.#loading = false;
  }

  /** Reads the next part. */
  async further() {
    const [turn, from] = [this.#turn, this.lines];
    const last = from.at(-1);
    if (!this.#ask || !last || this.#loading) return;
    try {
      const part = await this.#ask(last.id);
      if (turn === this.#turn && from === this.lines) this.#shows([...from, ...part.lines], part);
    } catch (error) {
      if (turn === this.#turn) this.trouble = whatWentWrong(error).text;
    }
  }

  #shows(lines: L[], part: P) {
    this.lines = lines;
    this.more = part.more;
    this.trouble = '';
  }
}
