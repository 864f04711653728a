import { mount } from 'svelte';
import { askAhead } from './lib/counter';
import { session } from './lib/live.svelte';
import { learn } from './lib/words';
import '@fontsource-variable/inter';
import '@fontsource-variable/eb-garamond';
import './lib/tokens.css';
import './lib/base.css';

const target = document.getElementById('app');
// What is shown first is asked for, and its script read, while the words and the window's own script are read.
askAhead({ about: 'start' });
askAhead({ about: 'today', by: '', whole: null });
void import('./today/Today.svelte');
const [{ default: App }] = await Promise.all([import('./App.svelte'), learn(session.language)]);
if (target) mount(App, { target });
