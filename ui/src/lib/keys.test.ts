import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { enter, guard } from './keys';

/** A form of two fields and a button, and how often it was sent. */
function form(sends = false) {
  const sent = vi.fn((event: Event) => event.preventDefault());
  document.body.innerHTML = `<form ${sends ? 'data-enter="sends"' : ''}><input id="first"><input type="checkbox" id="box">
    <select id="list"><option>one</option></select><textarea id="long"></textarea><button type="submit">Issue</button></form>`;
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
  expect(drop(at('first'), (data) => data.items.add(new File(['x'], 'ring.png')))).toBe(true);
});
