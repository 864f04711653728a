import { beforeEach, expect, test, vi } from 'vitest';

const answer = vi.fn<(about: string) => Promise<unknown>>();
vi.mock('@tauri-apps/api/core', () => ({
  Channel: Object,
  convertFileSrc: (file: string) => file,
  invoke: async (_: string, { question }: { question: { about: string } }) => answer(question.about),
}));
const { ask, askAhead } = await import('./counter');

const start = { about: 'start' } as const;
beforeEach(() => {
  answer.mockReset();
});

test('what was asked ahead is given once, to whoever asks it first', async () => {
  answer.mockResolvedValueOnce('ahead').mockResolvedValue('now');
  askAhead(start);
  expect([await ask(start), await ask(start)]).toEqual(['ahead', 'now']);
  expect(answer).toHaveBeenCalledTimes(2);
});

test('what failed ahead is asked again', async () => {
  answer.mockRejectedValueOnce({ kind: 'locked', text: 'Sign in.' }).mockResolvedValue('now');
  askAhead(start);
  await new Promise((resolve) => setTimeout(resolve));
  expect(await ask(start)).toBe('now');
});

test('what came ahead and was not asked for soon is asked again', async () => {
  answer.mockResolvedValueOnce('ahead').mockResolvedValue('now');
  askAhead(start);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect(await ask(start)).toBe('now');
});

test('what another question asked ahead is no answer to this one', async () => {
  answer.mockImplementation((about) => Promise.resolve(about));
  askAhead({ about: 'today', by: '', whole: null });
  expect(await ask(start)).toBe('start');
});
