import { beforeEach, expect, test, vi } from 'vitest';

const save = vi.fn<(id: string, body: unknown) => Promise<void>>();
vi.mock('./counter', () => ({
  newest: new Map<string, string>(),
  saveDraft: (id: string, body: unknown) => save(id, body),
  dropDraft: () => Promise.resolve(),
  ask: () => Promise.resolve({ drafts: [] }),
}));
const { Draft } = await import('./draft.svelte');

beforeEach(() => {
  vi.useFakeTimers();
  save.mockReset();
});

test('what is typed is said to be kept once it is written, and not before', async () => {
  save.mockResolvedValue();
  const draft = new Draft('intake-1', () => ({ name: 'Anna' }));
  draft.poke();
  await vi.advanceTimersByTimeAsync(200);
  expect([draft.state, save.mock.calls.length]).toEqual(['', 0]);
  await vi.advanceTimersByTimeAsync(100);
  expect([draft.state, save.mock.calls]).toEqual(['kept', [['intake-1', { name: 'Anna' }]]]);
});

test('what cannot be written is said at once, and tried again until it can', async () => {
  save.mockRejectedValueOnce({ text: 'The disk is full.' }).mockRejectedValueOnce({ text: 'The disk is full.' });
  save.mockResolvedValue();
  const draft = new Draft('intake-1', () => ({}));
  draft.poke();
  await vi.advanceTimersByTimeAsync(300);
  expect([draft.state, draft.trouble]).toEqual(['unkept', 'The disk is full.']);
  await vi.advanceTimersByTimeAsync(3100);
  expect(draft.state).toBe('unkept');
  await vi.advanceTimersByTimeAsync(3100);
  expect([draft.state, draft.trouble]).toEqual(['kept', '']);
  expect(save).toHaveBeenCalledTimes(3);
});

test('a form that is left writes what is not written yet', async () => {
  save.mockResolvedValue();
  const draft = new Draft('steps-1', () => ({ words: 'half a sen' }));
  draft.poke();
  draft.now();
  await vi.advanceTimersByTimeAsync(0);
  expect(save).toHaveBeenCalledOnce();
});
