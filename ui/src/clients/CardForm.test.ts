import axe from 'axe-core';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { session } from '../lib/live.svelte';
import CardForm from './CardForm.svelte';
import { emptyCard } from './card';

test('a client’s card is labelled, and shows a problem beside its field', async () => {
  await session.speak('en');
  // A plain card: what is typed into it is not looked at here.
  const screen = await render(CardForm, {
    card: { ...emptyCard('en'), name: 'Anna', email: 'anna at home' },
    strict: false,
    problem: (field: string) => (field === 'email' ? 'no e-mail address' : undefined),
  });
  // Nobody has touched the field yet: nothing is red.
  const email = page.getByRole('textbox', { name: 'E-mail' });
  await expect.element(email).not.toHaveAccessibleDescription('no e-mail address');
  await email.fill('anna at work');
  await expect.element(email).toHaveAccessibleDescription('no e-mail address');
  await expect.element(page.getByRole('textbox', { name: 'VAT number' })).not.toBeInTheDocument();
  const found = await axe.run(screen.container, { rules: { region: { enabled: false } } });
  expect(found.violations).toEqual([]);
});
