// A scan is caught wherever the window has the focus, and opens what it names: its dossier, case, piece or paper, and nothing else.
import { tick } from 'svelte';
import { ask } from '../lib/counter';
import { session } from '../lib/live.svelte';
import { Scanner, type Scan } from '../lib/scan';

type Typed = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
const scanner = new Scanner();
/** What stood in the field before a scanner typed into it. */
let before: { node: Typed; value: string } | null = null;
/** When the last scan ended. */
let ended = -Infinity;
/** How soon after a scan its second line end comes at the latest, in milliseconds. */
const LINE_FEED = 120;
/** Where the keys went so far: a scanner does not move the focus between two of them. */
let where: EventTarget | null = null;

function field(node: EventTarget | null): Typed | null {
  const typed =
    node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement || node instanceof HTMLSelectElement;
  return typed ? node : null;
}

/** Opens what bears one of these as its number; what was typed into a field by it goes out of it again first. */
async function open(scan: Scan, was: { node: Typed; value: string } | null) {
  for (const text of new Set([scan.typed, scan.american])) {
    const exact = await ask({ about: 'identify', text }).catch(() => null);
    if (!exact) continue;
    const { place, id, piece, paper } = exact;
    if (was?.node.isConnected) {
      was.node.value = was.value;
      // A list is listened to for its change, a field for its input.
      for (const kind of ['input', 'change']) was.node.dispatchEvent(new Event(kind, { bubbles: true }));
      await tick();
    }
    session.paper = null;
    session.sheet = '';
    if (place === 'project') session.go({ screen: 'project', id, ...(piece ? { piece } : {}) });
    else session.go({ screen: place, id });
    if (paper) session.paper = { id: paper, name: text.trim().toUpperCase() };
    return;
  }
}

/** Looks at a key on its way down. What a scanner typed into a field goes out of it again where it opened something. */
export function scanned(event: KeyboardEvent) {
  if (event.repeat || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) {
    scanner.forget();
    return;
  }
  // The page that opens takes the focus away from where the scan fell; a hand that has moved it since means what it presses.
  const stayed = event.target === where || event.target === document.body;
  if (event.key === 'Enter' && stayed && event.timeStamp - ended < LINE_FEED) {
    // Some scanners end with two line ends: the second presses nothing.
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  ended = -Infinity;
  const node = field(event.target);
  // The search field sees to what is scanned into it; a PIN is nobody's code.
  if (node && (node.closest('[role=search]') || (node as HTMLInputElement).type === 'password')) return;
  if (event.target !== where) scanner.forget();
  where = event.target;
  if (scanner.starts(event.timeStamp)) before = node ? { node, value: node.value } : null;
  const { key, code, shiftKey } = event;
  const scan = scanner.take({ key, code, shiftKey, at: event.timeStamp });
  if (!scan) return;
  ended = event.timeStamp;
  // Enter presses whatever button has the focus: not at the end of a scan.
  if (!node) event.preventDefault();
  void open(scan, before);
}
