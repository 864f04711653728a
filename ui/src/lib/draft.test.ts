import { beforeEach, expect, test, vi } from 'vitest';

const save = vi.fn<(id: string, body: unknown) => Promise<unknown>>();
const drop = vi.fn<(id: string) => void>();
const take = vi.fn<(id: string, from: string) => string>();
let drafts: { id: string; maker: string; by: string; body: string; saved: string }[] = [];
vi.mock('@tauri-apps/api/core', () => ({
  Channel: Object,
  convertFileSrc: (file: string) => file,
  invoke: async (command: string, { id, body, from }: { id: string; body: string; from: string }) => {
    if (command === 'save_draft') return save(id, JSON.parse(body));
    if (command === 'drop_draft') return drop(id);
    if (command === 'take_over_draft') return take(id, from);
    return { drafts };
  },
}));
const { Draft } = await import('./draft.svelte');
const { session } = await import('./live.svelte');

beforeEach(() => {
  vi.useFakeTimers();
  save.mockReset();
  drop.mockReset();
  take.mockReset();
  drafts = [];
  localStorage.clear();
  session.who = '';
});

test('what is typed is said to be kept once it is written, and not before', async () => {
  save.mockResolvedValue(null);
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
  save.mockResolvedValue(null);
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
  save.mockResolvedValue(null);
  let words = '';
  const draft = new Draft('steps-1', () => ({ words }));
  words = 'half a sen';
  draft.poke();
  draft.now();
  await vi.advanceTimersByTimeAsync(0);
  expect(save).toHaveBeenCalledOnce();
});

test('what was acted on is not written again, whatever looks at the form afterwards', async () => {
  save.mockResolvedValue(null);
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
  save.mockResolvedValue(null);
  const draft = new Draft('ask', () => ({ name: '' }));
  draft.poke();
  draft.now();
  await vi.advanceTimersByTimeAsync(1000);
  expect(save).not.toHaveBeenCalled();
});

test('what was typed and refused is kept on', async () => {
  save.mockResolvedValue(null);
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
  save.mockRejectedValueOnce({ text: 'The disk is full.' }).mockResolvedValue(null);
  let words = '';
  const left = new Draft('steps-7', () => ({ words }));
  words = 'old';
  left.poke();
  left.now();
  await vi.advanceTimersByTimeAsync(0);
  // It is empty until it is filled with what was kept, and that may take a while.
  const opened = new Draft('steps-7', () => ({ words: '' }));
  expect([opened.state, opened.trouble]).toEqual(['unkept', 'The disk is full.']);
  await vi.advanceTimersByTimeAsync(300);
  expect(opened.state).toBe('kept');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(save.mock.calls.map(([, body]) => body)).toEqual([{ words: 'old' }, { words: 'old' }]);
});

test('one write waits for the other, and only the newest is called kept', async () => {
  let wrote: () => void = () => undefined;
  save
    .mockImplementationOnce(() => new Promise((resolve) => (wrote = () => resolve(undefined))))
    .mockResolvedValue(null);
  let name = '';
  const draft = new Draft('intake-10', () => ({ name }));
  name = 'An';
  draft.poke();
  await vi.advanceTimersByTimeAsync(300);
  name = 'Anna';
  draft.poke();
  await vi.advanceTimersByTimeAsync(300);
  expect([draft.state, save.mock.calls.length]).toEqual(['', 1]);
  wrote();
  await vi.advanceTimersByTimeAsync(0);
  expect([draft.state, save.mock.calls.map(([, body]) => body)]).toEqual(['kept', [{ name: 'An' }, { name: 'Anna' }]]);
});

test('a key pressed while the form is acted on writes nothing', async () => {
  save.mockResolvedValue(null);
  let name = '';
  const draft = new Draft('intake-11', () => ({ name }));
  await draft.stop();
  name = 'late';
  draft.poke();
  await vi.advanceTimersByTimeAsync(5000);
  draft.over();
  await vi.advanceTimersByTimeAsync(5000);
  expect(save).not.toHaveBeenCalled();
});

test('what is thrown away does not come back, whoever still tries to write it', async () => {
  save.mockRejectedValueOnce({ text: 'The disk is full.' }).mockResolvedValue(null);
  let name = '';
  const draft = new Draft('intake-12', () => ({ name }));
  name = 'Anna';
  draft.poke();
  draft.now();
  await vi.advanceTimersByTimeAsync(100);
  await Draft.throwAway('intake-12');
  await vi.advanceTimersByTimeAsync(10_000);
  expect([save.mock.calls.length, drop.mock.calls]).toEqual([1, [['intake-12']]]);
});

test('what another typed is theirs until it is taken over', async () => {
  save.mockResolvedValue(null);
  session.who = 'bea';
  drafts = [{ id: 'steps-31', maker: 'anna', by: 'Anna', body: '{"words":"half a ring"}', saved: '10:42' }];
  let words = '';
  const draft = new Draft(
    'steps-31',
    () => ({ words }),
    (theirs: { words: string }) => (words = theirs.words),
  );
  expect(await draft.read()).toBeNull();
  expect([words, draft.others.map((other) => other.by)]).toEqual(['', ['Anna']]);
  const [anna] = draft.others;
  take.mockReturnValue('{"words":"half a ring"}');
  if (anna) await draft.takeOver(anna);
  expect([words, draft.state, draft.others, take.mock.calls]).toEqual([
    'half a ring',
    'kept',
    [],
    [['steps-31', 'anna']],
  ]);
  // It is written as hers from the next key on.
  words = 'a whole ring';
  draft.poke();
  await vi.advanceTimersByTimeAsync(300);
  expect(save.mock.calls).toEqual([['steps-31', { words: 'a whole ring' }]]);
});

test('what the server cannot take lies here over a start, until it can', async () => {
  save.mockRejectedValueOnce({ kind: 'away', text: 'The server does not answer.' }).mockResolvedValue(null);
  let words = '';
  const draft = new Draft('steps-20', () => ({ words }));
  words = 'half a sen';
  draft.poke();
  await vi.advanceTimersByTimeAsync(300);
  expect([draft.state, localStorage.length]).toEqual(['unkept', 1]);
  // The program is started again: nothing is in its memory.
  vi.resetModules();
  const again = await import('./draft.svelte');
  let back = '';
  const opened = new again.Draft('steps-20', () => ({ words: back }));
  expect(opened.state).toBe('unkept');
  back = (await opened.read<{ words: string }>())?.words ?? '';
  await vi.advanceTimersByTimeAsync(4000);
  expect([opened.state, localStorage.length]).toEqual(['kept', 0]);
  expect(save.mock.lastCall).toEqual(['steps-20', { words: 'half a sen' }]);
});
