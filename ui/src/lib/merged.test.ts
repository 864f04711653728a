import { expect, test } from 'vitest';
import { merged, notTaken } from './merged';

test('what was typed stays, what a colleague changed beside it is taken over, and what both changed is asked', () => {
  const before = { name: 'Anna', city: 'Gent', phone: '', sizes: ['52'] };
  const mine = { ...before, name: 'Anne', phone: '0475' };
  const theirs = { ...before, name: 'Anna Maria', city: 'Antwerpen', sizes: ['52', '54'] };
  expect(merged(before, mine, theirs)).toEqual({
    form: { name: 'Anne', city: 'Antwerpen', phone: '0475', sizes: ['52', '54'] },
    clashes: [{ key: 'name', theirs: 'Anna Maria' }],
  });
});

test('what both changed alike is no clash', () => {
  const before = { name: 'Anna' };
  expect(merged(before, { name: 'Anne' }, { name: 'Anne' })).toEqual({ form: { name: 'Anne' }, clashes: [] });
});

test('a form meets theirs only where a colleague changed the same, and what fails then is said', async () => {
  let met = 0;
  const meet = () => Promise.resolve(void (met += 1));
  expect(await notTaken({ kind: 'refused', text: 'No.' }, meet)).toBe('No.');
  expect(met).toBe(0);
  expect(await notTaken({ kind: 'changed', text: 'Bea changed this.' }, meet)).toBe('Bea changed this.');
  expect(met).toBe(1);
  const away = () => Promise.reject({ kind: 'away', text: 'No answer.' });
  expect(await notTaken({ kind: 'changed', text: 'Bea changed this.' }, away)).toBe('No answer.');
});
