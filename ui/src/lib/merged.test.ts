import { expect, test } from 'vitest';
import { merged } from './merged';

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
