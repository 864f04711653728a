// Keys and drops that mean the same everywhere. Enter goes on to the next field, Ctrl+Enter does what the form is for. A scanner ends
// what it reads with Enter, and nothing final may come of that. What is dropped where nothing takes it does nothing.

/** Fields of a form that can be typed into or chosen from now. The button that sends it is none: a scanner presses Enter twice. */
const FIELDS = 'input:not([type=hidden], :disabled, [tabindex="-1"]), select:not(:disabled), textarea:not(:disabled)';

/** Whether a field can be seen: what is folded away cannot. */
const shown = (node: HTMLElement) => node.getClientRects().length > 0 && node.closest('details:not([open])') === null;

/** Whether Enter in that field would send its form. A form that asks for a secret alone says so, and keeps it. */
function goesOn(node: EventTarget | null): node is HTMLInputElement | HTMLSelectElement {
  if (!(node instanceof HTMLInputElement || node instanceof HTMLSelectElement) || !node.form) return false;
  const pressed = ['button', 'submit', 'reset', 'image', 'file', 'color'].includes(node.type);
  return !pressed && node.form.dataset['enter'] !== 'sends';
}

/** Sees to Enter in a form; whether there was anything to see to. */
export function enter(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' || event.isComposing || event.altKey || event.shiftKey) return false;
  const node = event.target;
  // What lies over a form is not the form.
  const around = node instanceof HTMLElement ? node.closest('form, dialog') : null;
  const form = around instanceof HTMLFormElement ? around : null;
  if (form && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    // As a press of its button, and as that only once: a key held down sends nothing again.
    // Also one that stands beside it, and says whose it is.
    const button = [...form.elements].find(
      (node): node is HTMLButtonElement => node instanceof HTMLButtonElement && node.type === 'submit',
    );
    if (button && !button.disabled && !event.repeat) form.requestSubmit(button);
    return true;
  }
  if (event.ctrlKey || event.metaKey || !goesOn(node)) return false;
  event.preventDefault();
  const fields = [...(node.form as HTMLFormElement).querySelectorAll<HTMLElement>(FIELDS)].filter(shown);
  const next = fields[fields.indexOf(node) + 1];
  next?.focus();
  if (next instanceof HTMLInputElement && next.type !== 'checkbox' && next.type !== 'radio') next.select();
  return true;
}

/** Whether a key is typed into a field, where it means what the field says. */
export function typing(event: Event): boolean {
  const node = event.target;
  if (!(node instanceof HTMLElement)) return false;
  if (node instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(node.type);
  return node instanceof HTMLTextAreaElement || node instanceof HTMLSelectElement || node.isContentEditable;
}

const MAC = /mac/i.test(globalThis.navigator?.userAgent ?? '');

/**
 * Which way along the places one was at: Alt with an arrow, also while a field has the focus. On a Mac that moves by words; there it
 * is Command with a bracket.
 */
export function trail(event: KeyboardEvent, mac = MAC): -1 | 1 | null {
  if (mac) {
    if (!event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return null;
    return event.key === '[' ? -1 : event.key === ']' ? 1 : null;
  }
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null;
  return event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : null;
}

/** A link, a picture or a file dropped where nothing takes it would open in the place of the program. */
export function guard(event: DragEvent) {
  if (event.defaultPrevented) return;
  const { target, dataTransfer } = event;
  const files = dataTransfer?.types.includes('Files') ?? false;
  const typedInto = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  // A field for files takes files, and a field for words takes words.
  if (typedInto && files === (target.type === 'file')) return;
  event.preventDefault();
  if (dataTransfer) dataTransfer.dropEffect = 'none';
}
