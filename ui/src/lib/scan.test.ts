import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Scanner, type Key } from './scan';

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** An identifier as the house prints it. */
const identifier = fc
  .tuple(
    fc.constantFrom('P', 'Q', 'R', 'RMA', 'E', 'C', 'W', 'RT'),
    fc.integer({ min: 2020, max: 2099 }),
    fc.integer({ min: 1, max: 99999 }),
  )
  .map(([series, year, number]) =>
    series === 'E' ? `E-${String(number).padStart(4, '0')}` : `${series}${year}-${String(number).padStart(4, '0')}`,
  );

/** The key an American scanner presses for a sign. */
function pressed(sign: string): { code: string; shiftKey: boolean } {
  if (/[A-Z]/.test(sign)) return { code: `Key${sign}`, shiftKey: true };
  if (/[a-z]/.test(sign)) return { code: `Key${sign.toUpperCase()}`, shiftKey: false };
  if (/[0-9]/.test(sign)) return { code: `Digit${sign}`, shiftKey: false };
  return { code: 'Minus', shiftKey: false };
}
/** What arrives for it where the keyboard is a Belgian AZERTY. */
function azerty({ code, shiftKey }: { code: string; shiftKey: boolean }): string {
  const digits = 'à&é"\'(§è!ç';
  const moved: Record<string, string> = { KeyA: 'q', KeyQ: 'a', KeyW: 'z', KeyZ: 'w', KeyM: ',' };
  if (code.startsWith('Digit')) return digits[Number(code.slice(5))] ?? '';
  if (code === 'Minus') return ')';
  const letter = moved[code] ?? code.slice(3).toLowerCase();
  return shiftKey ? letter.toUpperCase() : letter;
}
function keys(text: string, gaps: number[], sign: (key: { code: string; shiftKey: boolean }, typed: string) => string) {
  let at = 1000;
  const all: Key[] = [...text].flatMap((typed, index) => {
    at += gaps[index % gaps.length] ?? 1;
    const key = pressed(typed);
    // A scanner presses Shift for a capital, as a hand does.
    const shift = key.shiftKey ? [{ key: 'Shift', code: 'ShiftLeft', shiftKey: true, at }] : [];
    return [...shift, { key: sign(key, typed), ...key, at }];
  });
  at += gaps[0] ?? 1;
  return [...all, { key: 'Enter', code: 'Enter', shiftKey: false, at }];
}
const read = (all: Key[]) => {
  const scanner = new Scanner();
  return all.map((key) => scanner.take(key)).at(-1);
};

test('a scanner is read whatever its speed, and whichever keyboard the house types on', () => {
  const fast = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(identifier, fast, (code, gaps) => {
      expect(read(keys(code, gaps, (_, typed) => typed))?.typed).toBe(code);
      expect(read(keys(code, gaps, (key) => azerty(key)))?.american).toBe(code);
    }),
  );
});

test('what a hand typed long before is no part of what is scanned', () => {
  fc.assert(
    fc.property(identifier, fc.constantFrom('x', '1', '-'), (code, typed) => {
      const before = { key: typed, code: 'KeyX', shiftKey: false, at: 10 };
      expect(read([before, ...keys(code, [9], (_, sign) => sign)])?.typed).toBe(code);
    }),
  );
});

test('a hand is no scanner, however well it types', () => {
  const slow = fc.array(fc.integer({ min: 60, max: 400 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(identifier, slow, (text, gaps) => {
      expect(read(keys(text, gaps, (_, typed) => typed))).toBeNull();
    }),
  );
});

test('what was typed by hand before is no part of a scan', () => {
  fc.assert(
    fc.property(fc.constantFrom(...LETTERS), identifier, (hand, code) => {
      const scanner = new Scanner();
      scanner.take({ key: hand, code: `Key${hand}`, shiftKey: true, at: 0 });
      const scan = keys(code, [5], (_, typed) => typed).map((key) => scanner.take(key));
      expect(scan.at(-1)?.typed).toBe(code);
    }),
  );
});
