import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Finder } from './finder';

/** Everything that happens at a search field: a text typed, Enter pressed, an answer that comes, the oldest or another. */
const happenings = fc.array(
  fc.oneof(
    fc.record({ what: fc.constant('type' as const), text: fc.constantFrom('', 'E-0001', 'E-0002', 'E-0003', 'anna') }),
    fc.record({ what: fc.constant('enter' as const) }),
    fc.record({ what: fc.constant('answer' as const), which: fc.nat(9) }),
  ),
  { maxLength: 40 },
);

test('Enter opens what the text that stands there leads to, in whatever order answers come', async () => {
  await fc.assert(
    fc.asyncProperty(happenings, async (all) => {
      const waiting: { text: string; give: (answer: string) => void }[] = [];
      const opened: string[] = [];
      let shown: string | null = null;
      const finder = new Finder<string>(
        (text) => new Promise((give) => waiting.push({ text, give })),
        (answer) => (shown = answer),
        (answer, text) => {
          expect(answer).toBe(`answer to ${text}`);
          opened.push(text);
        },
      );
      let stands = '';
      let entered: string | null = null;
      const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
      const answer = async (which: number) => {
        const [one] = waiting.splice(which % Math.max(waiting.length, 1), 1);
        one?.give(`answer to ${one.text}`);
        await settle();
      };
      for (const one of all) {
        if (one.what === 'type') {
          stands = one.text;
          void finder.type(stands);
        } else if (one.what === 'enter') {
          if (stands) entered = stands;
          void finder.enter(stands);
        } else await answer(one.which);
        await settle();
        // What is shown is of the text that stands there, or of one before it that it has not replaced yet: never of a later one.
        if (stands === '') expect(shown).toBeNull();
      }
      while (waiting.length > 0) await answer(waiting.length - 1);
      // The last Enter was acted on, and the last text is the one shown.
      expect(opened.at(-1) ?? null).toBe(entered);
      expect(shown).toBe(stands ? `answer to ${stands}` : null);
    }),
    { numRuns: 200 },
  );
});
