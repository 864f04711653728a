import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { enter, guard, trail } from './keys';

/** A form of two fields and a button, and how often it was sent. */
function form(sends = false) {
  const sent = vi.fn((event: Event) => event.preventDefault());
  document.body.innerHTML = `<form ${sends ? 'data-enter="sends"' : ''}><input id="first"><input type="checkbox" id="box">
    <select id="list"><option>one</option></select><textarea id="long"></textarea><input type="file" id="file"><button type="submit">Issue</button></form>`;
  const node = document.querySelector('form') as HTMLFormElement;
  node.addEventListener('submit', sent);
  return sent;
}
const at = (id: string) => document.getElementById(id) as HTMLElement;
window.addEventListener('keydown', (event) => {
  enter(event);
});

test('Enter goes from field to field and sends nothing; the button does', async () => {
  const sent = form();
  at('first').focus();
  for (const next of ['box', 'list', 'long']) {
    await userEvent.keyboard('{Enter}');
    expect(document.activeElement?.id).toBe(next);
  }
  await userEvent.keyboard('{Enter}');
  expect(document.activeElement?.id).toBe('long');
  expect(sent).not.toHaveBeenCalled();
  document.querySelector('button')?.focus();
  await userEvent.keyboard('{Enter}');
  expect(sent).toHaveBeenCalledOnce();
});

test('Ctrl+Enter sends the form from any field', async () => {
  const sent = form();
  at('long').focus();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  expect(sent).toHaveBeenCalledOnce();
});

test('what its button would not do now, Ctrl+Enter does not either, and a key held down does it once', async () => {
  const sent = form();
  const button = document.querySelector('button') as HTMLButtonElement;
  button.disabled = true;
  at('first').focus();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  expect(sent).not.toHaveBeenCalled();
  button.disabled = false;
  for (const repeat of [false, true, true]) {
    at('first').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, repeat, bubbles: true }));
  }
  expect(sent).toHaveBeenCalledOnce();
});

test('Enter stays in the last field: twice the key of a scanner sends nothing', async () => {
  const sent = form();
  at('long').remove();
  at('file').remove();
  at('list').focus();
  await userEvent.keyboard('{Enter}{Enter}{Enter}');
  expect(document.activeElement?.id).toBe('list');
  expect(sent).not.toHaveBeenCalled();
});

test('a form that asks for a secret alone is sent by Enter', async () => {
  const sent = form(true);
  at('first').focus();
  await userEvent.keyboard('{Enter}');
  expect(sent).toHaveBeenCalledOnce();
});

test('a drop does nothing where nothing takes it, and a field still takes text', () => {
  form();
  const drop = (target: HTMLElement, fill: (data: DataTransfer) => void) => {
    const data = new DataTransfer();
    fill(data);
    const event = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
    Object.defineProperty(event, 'target', { value: target });
    guard(event);
    return event.defaultPrevented;
  };
  expect(drop(document.body, (data) => data.setData('text/uri-list', 'https://example.org/'))).toBe(true);
  expect(drop(at('first'), (data) => data.setData('text/plain', 'Anna'))).toBe(false);
  const ring = (data: DataTransfer) => data.items.add(new File(['x'], 'ring.png'));
  expect(drop(at('first'), ring)).toBe(true);
  expect(drop(at('file'), ring)).toBe(false);
  expect(drop(at('file'), (data) => data.setData('text/plain', 'Anna'))).toBe(true);
});

test('Alt with an arrow goes back and forward, and nothing else does', () => {
  const press = (key: string, held: KeyboardEventInit) => trail(new KeyboardEvent('keydown', { key, ...held }));
  expect(press('ArrowLeft', { altKey: true })).toBe(-1);
  expect(press('ArrowRight', { altKey: true })).toBe(1);
  expect(press('ArrowLeft', {})).toBeNull();
  expect(press('ArrowLeft', { altKey: true, ctrlKey: true })).toBeNull();
});

test('on a Mac Alt with an arrow is left to the words, and Command with a bracket goes back and forward', () => {
  const press = (key: string, held: KeyboardEventInit) => trail(new KeyboardEvent('keydown', { key, ...held }), true);
  expect(press('[', { metaKey: true })).toBe(-1);
  expect(press(']', { metaKey: true })).toBe(1);
  expect(press('ArrowLeft', { altKey: true })).toBeNull();
});
