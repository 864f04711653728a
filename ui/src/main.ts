import { mount } from 'svelte';
import App from './App.svelte';
import '@fontsource-variable/inter';
import '@fontsource-variable/eb-garamond';
import './lib/tokens.css';
import './lib/base.css';

const target = document.getElementById('app');
if (target) mount(App, { target });
