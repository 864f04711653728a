// Everything that can be begun or reached from anywhere, each by its name: the menu of what is new, and the palette.
import { lock } from '../lib/counter';
import { say, session, THEMES } from '../lib/live.svelte';
import { LANGUAGES } from '../lib/words';

export interface Command {
  id: string;
  text: string;
  keys?: string;
  run: () => void;
}

/** What can be begun. */
export function beginnings(): Command[] {
  return [
    {
      id: 'intake',
      text: say('ui-new-intake'),
      keys: 'Ctrl+N',
      run: () => session.go({ screen: 'intake', draft: null, client: null }),
    },
    {
      id: 'tailor-made',
      text: say('ui-new-tailor-made'),
      run: () => session.go({ screen: 'new-project', kind: 'tailor-made' }),
    },
    {
      id: 'sale',
      text: say('ui-new-sale'),
      run: () => session.go({ screen: 'new-project', kind: 'made-to-order' }),
    },
    { id: 'case', text: say('ui-new-case'), run: () => (session.sheet = 'new-case') },
    { id: 'client', text: say('ui-new-client'), run: () => session.go({ screen: 'client', id: '' }) },
  ];
}

const SCREENS = [
  ['today', 'ui-today'],
  ['projects', 'ui-projects'],
  ['clients', 'ui-clients'],
  ['cases', 'ui-aftersales'],
  ['ask', 'ui-ask'],
  ['gold', 'ui-gold'],
  ['house', 'ui-house'],
] as const;

/** Everything the palette finds beside what the house holds. */
export function commands(asksForPins: boolean): Command[] {
  return [
    ...beginnings(),
    ...SCREENS.map(([screen, key]) => ({
      id: screen,
      text: `${say('ui-go-to')} ${say(key)}`,
      run: () => session.go({ screen }),
    })),
    { id: 'help', text: say('ui-help'), keys: 'F1', run: () => (session.sheet = 'help') },
    { id: 'keys', text: say('ui-keys'), keys: '?', run: () => (session.sheet = 'keys') },
    { id: 'tour', text: say('ui-tour'), run: () => (session.sheet = 'tour') },
    { id: 'larger', text: say('ui-larger'), keys: 'Ctrl++', run: () => session.size(1) },
    { id: 'smaller', text: say('ui-smaller'), keys: 'Ctrl+−', run: () => session.size(-1) },
    { id: 'usual-size', text: say('ui-usual-size'), keys: 'Ctrl+0', run: () => session.size(0) },
    ...LANGUAGES.map(({ code, name }) => ({ id: `in-${code}`, text: name, run: () => void session.speak(code) })),
    ...THEMES.map((theme) => ({
      id: `theme-${theme}`,
      text: `${say('ui-theme')}: ${say(`ui-theme-${theme}`)}`,
      run: () => session.dress(theme),
    })),
    ...(asksForPins ? [{ id: 'lock', text: say('ui-lock'), run: () => void lock() }] : []),
  ];
}

/** Whether what is looked for stands in a text, letter by letter, whatever its accents. */
export function stands(wanted: string, text: string): boolean {
  const plain = (said: string) => said.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return wanted.trim() !== '' && plain(text).includes(plain(wanted.trim()));
}
