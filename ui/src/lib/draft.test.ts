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
  let name = '';
  const draft = new Draft('intake-1', () => ({ name }));
  name = 'Anna';
  draft.poke();
  await vi.advanceTimersByTimeAsync(200);
  expect([draft.state, save.mock.calls.length]).toEqual(['', 0]);
  await vi.advanceTimersByTimeAsync(100);
  expect([draft.state, save.mock.calls]).toEqual(['kept', [['intake-1', { name: 'Anna' }]]]);
});

test('what cannot be written is said at once, and tried again until it can', async () => {
  save.mockRejectedValueOnce({ text: 'The disk is full.' }).mockRejectedValueOnce({ text: 'The disk is full.' });
  save.mockResolvedValue();
  let name = '';
  const draft = new Draft('intake-2', () => ({ name }));
  name = 'Anna';
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
  let words = '';
  const draft = new Draft('steps-1', () => ({ words }));
  words = 'half a sen';
  draft.poke();
  draft.now();
  await vi.advanceTimersByTimeAsync(0);
  expect(save).toHaveBeenCalledOnce();
});

test('what was acted on is not written again, whatever looks at the form afterwards', async () => {
  save.mockResolvedValue();
  let name = 'An';
  const draft = new Draft('intake-3', () => ({ name }));
  name = 'Anna';
  draft.poke();
  await draft.stop();
  await draft.drop();
  draft.poke();
  draft.now();
  await vi.advanceTimersByTimeAsync(5000);
  expect([save.mock.calls.length, draft.state]).toEqual([0, '']);
  name = 'Anna B';
  draft.poke();
  await vi.advanceTimersByTimeAsync(300);
  expect([save.mock.calls.length, draft.state]).toEqual([1, 'kept']);
  draft.over();
  name = 'Anna C';
  draft.poke();
  draft.now();
  await vi.advanceTimersByTimeAsync(5000);
  expect(save).toHaveBeenCalledOnce();
});

test('a form that was only looked at is not kept', async () => {
  save.mockResolvedValue();
  const draft = new Draft('ask', () => ({ name: '' }));
  draft.poke();
  draft.now();
  await vi.advanceTimersByTimeAsync(1000);
  expect(save).not.toHaveBeenCalled();
});

test('what was typed and refused is kept on', async () => {
  save.mockResolvedValue();
  let name = '';
  const draft = new Draft('intake-9', () => ({ name }));
  name = 'Anna';
  draft.poke();
  await draft.stop();
  await vi.advanceTimersByTimeAsync(1000);
  expect(save).not.toHaveBeenCalled();
  draft.resume();
  await vi.advanceTimersByTimeAsync(300);
  expect(save).toHaveBeenCalledOnce();
});

test('what a form could not write is written by the one that opens in its place, and is not called kept before', async () => {
  save.mockRejectedValueOnce({ text: 'The disk is full.' }).mockResolvedValue();
  let words = '';
  const left = new Draft('steps-7', () => ({ words }));
  words = 'old';
  left.poke();
  left.now();
  await vi.advanceTimersByTimeAsync(0);
  const opened = new Draft('steps-7', () => ({ words: 'new' }));
  expect([opened.state, opened.trouble]).toEqual(['unkept', 'The disk is full.']);
  await vi.advanceTimersByTimeAsync(300);
  expect(opened.state).toBe('kept');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(save.mock.calls.map(([, body]) => body)).toEqual([{ words: 'old' }, { words: 'new' }]);
});
