// A scanner types as a keyboard does: fast, and with Enter at the end. It thinks it sits on an American keyboard; where the house
// types on another, what arrives is other letters, and the places of the keys say what was read.

/** The longest pause between two keys of a scanner, in milliseconds; nobody's fingers are as fast for so long. */
const FASTEST_HAND = 45;
/** The fewest signs of a code. */
const SHORTEST = 4;

/** The signs of an American keyboard by the places of its keys, plain and with Shift. */
const PLACES: Record<string, [string, string]> = {
  Minus: ['-', '_'],
  Slash: ['/', '?'],
  Period: ['.', '>'],
  Comma: [',', '<'],
  Space: [' ', ' '],
  Semicolon: [';', ':'],
  Equal: ['=', '+'],
};
const SHIFTED = ')!@#$%^&*(';

/** The sign a key would give on an American keyboard. */
function american(code: string, shift: boolean): string {
  if (/^Key[A-Z]$/.test(code)) return shift ? code.slice(3) : code.slice(3).toLowerCase();
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1];
  if (digit !== undefined) return shift && code.startsWith('Digit') ? (SHIFTED[Number(digit)] ?? '') : digit;
  return PLACES[code]?.[shift ? 1 : 0] ?? '';
}

/** A key as it came: its sign, its place, and when. */
export interface Key {
  key: string;
  code: string;
  shiftKey: boolean;
  at: number;
}

/** What was read: as it stands on this keyboard, and as it would on an American one. */
export interface Scan {
  typed: string;
  american: string;
}

/** Tells a scan from typing, key by key. */
export class Scanner {
  #typed = '';
  #american = '';
  #last = 0;

  /** Whether the keys so far come too fast to be a hand's. */
  get reading(): boolean {
    return this.#typed.length >= SHORTEST;
  }

  /** Whether the next key would be the first of a code. */
  starts(at: number): boolean {
    return this.#typed === '' || at - this.#last > FASTEST_HAND;
  }

  /** Takes a key; answers what was scanned where it was the last of a scan. */
  take({ key, code, shiftKey, at }: Key): Scan | null {
    const late = at - this.#last > FASTEST_HAND;
    this.#last = at;
    // A capital begins with Shift: what was typed long before it is forgotten then.
    if (late) this.forget();
    if (key === 'Shift') return null;
    if (key === 'Enter') {
      const scan = this.reading ? { typed: this.#typed, american: this.#american } : null;
      this.forget();
      return scan;
    }
    if ([...key].length !== 1) {
      this.forget();
      return null;
    }
    this.#typed += key;
    this.#american += american(code, shiftKey);
    return null;
  }

  forget() {
    this.#typed = '';
    this.#american = '';
  }
}
