import { mount } from 'svelte';
import App from './App.svelte';
import { session } from './lib/live.svelte';
import { learn } from './lib/words';
import '@fontsource-variable/inter';
import '@fontsource-variable/eb-garamond';
import './lib/tokens.css';
import './lib/base.css';

const target = document.getElementById('app');
await learn(session.language);
if (target) mount(App, { target });
