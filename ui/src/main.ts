import { mount } from 'svelte';
import { ask } from './lib/counter';
import { session } from './lib/live.svelte';
import { learn } from './lib/words';
import '@fontsource-variable/inter';
import '@fontsource-variable/eb-garamond';
import './lib/tokens.css';
import './lib/base.css';

const target = document.getElementById('app');
// What is shown first is asked for while the words and the screen are read.
const first = ask({ about: 'start' });
// Whatever comes of it, the screen says.
first.catch(() => undefined);
const [{ default: App }] = await Promise.all([import('./App.svelte'), learn(session.language)]);
if (target) mount(App, { target, props: { first } });
