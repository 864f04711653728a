import { mount } from 'svelte';
import App from './App.svelte';
import { askAhead } from './lib/counter';
import { session } from './lib/live.svelte';
import { learn } from './lib/words';
import '@fontsource-variable/inter';
import '@fontsource-variable/eb-garamond';
import './lib/tokens.css';
import './lib/base.css';

const target = document.getElementById('app');
// What is shown first is asked for while the words are read.
askAhead({ about: 'start' });
askAhead({ about: 'today', by: '', whole: null });
// Read before anything is set in them: the first page is laid out once.
for (const family of ['Inter Variable', 'EB Garamond Variable']) void document.fonts.load(`1em '${family}'`);
await learn(session.language);
if (target) mount(App, { target });
