import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Chart from './Chart.svelte';
import Field from './Field.svelte';
import Select from './Select.svelte';
import SignaturePad from './SignaturePad.svelte';
import Why from './Why.svelte';

async function isAccessible(container: Element) {
  const found = await axe.run(container, { rules: { region: { enabled: false } } });
  expect(found.violations).toEqual([]);
}

describe('a field', () => {
  test('is found by its label and keeps what is typed', async () => {
    const screen = await render(Field, { label: 'Gross', value: '', unit: 'g', figure: true, hint: 'on the scale' });
    await screen.getByLabelText('Gross').fill('12,34');
    await expect.element(page.getByRole('textbox', { name: 'Gross' })).toHaveValue('12,34');
    await isAccessible(screen.container);
  });

  test('says its problem once something is typed, and ties it to the input', async () => {
    const screen = await render(Field, { label: 'Fineness', value: '', problem: 'A title of 1001 does not exist.' });
    expect(screen.container.textContent).not.toContain('1001');
    await screen.getByLabelText('Fineness').fill('1001');
    const input = page.getByRole('textbox', { name: 'Fineness' });
    await expect.element(input).toHaveAttribute('aria-invalid', 'true');
    await expect.element(input).toHaveAccessibleDescription('A title of 1001 does not exist.');
    await isAccessible(screen.container);
  });

  test('says the problem of an empty field only when asked to be strict', async () => {
    const screen = await render(Field, { label: 'Name', value: '', problem: 'Fill in the name.', strict: true });
    await expect.element(screen.getByText('Fill in the name.')).toBeVisible();
  });
});

test('a list is chosen from by keyboard', async () => {
  const screen = await render(Select, {
    label: 'Cut',
    value: 'round',
    options: [
      { value: 'round', text: 'Round' },
      { value: 'oval', text: 'Oval' },
    ],
  });
  await userEvent.selectOptions(screen.getByLabelText('Cut'), 'Oval');
  await expect.element(screen.getByLabelText('Cut')).toHaveValue('oval');
  await isAccessible(screen.container);
});

test('a reason opens with its article', async () => {
  const screen = await render(Why, {
    label: 'Why?',
    reasons: [{ article: 'LV art. 15.1', text: 'The stone reaches the bound.' }],
  });
  const text = screen.getByText('The stone reaches the bound.');
  await expect.element(text).not.toBeVisible();
  await screen.getByText('Why?').click();
  await expect.element(text).toBeVisible();
  await isAccessible(screen.container);
});

test('a signature is kept as strokes in a field 1000 wide', async () => {
  let drawn = 0;
  const screen = await render(SignaturePad, {
    label: 'Sign here',
    clear: 'Clear',
    strokes: [],
    onstroke: () => (drawn += 1),
  });
  const field = screen.container.querySelector('svg');
  if (!field) throw new Error('no field');
  const box = field.getBoundingClientRect();
  field.setPointerCapture = () => undefined;
  const fire = (kind: string, x: number) =>
    field.dispatchEvent(
      new PointerEvent(kind, {
        bubbles: true,
        pointerId: 1,
        clientX: box.left + box.width * x,
        clientY: box.top + box.height / 2,
      }),
    );
  fire('pointerdown', 0.1);
  fire('pointermove', 0.5);
  fire('pointerup', 0.5);
  await expect.poll(() => screen.container.querySelector('polyline')?.getAttribute('points')).toBe('100,150 500,150');
  expect(drawn).toBe(1);
  await screen.getByText('Clear').click();
  await expect.poll(() => screen.container.querySelector('polyline')).toBeNull();
  await isAccessible(screen.container);
});

test('a chart says what it shows', async () => {
  const screen = await render(Chart, {
    label: 'Saved prices',
    points: [
      [0, 0],
      [1000, 1000],
    ],
    lowest: '110',
    highest: '113',
    first: '1/12',
    last: '2/12',
  });
  await expect.element(screen.getByRole('img', { name: 'Saved prices' })).toBeVisible();
  await isAccessible(screen.container);
});
