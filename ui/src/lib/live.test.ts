import { expect, test } from 'vitest';
import { session } from './live.svelte';

test('one goes back to where one was, and forward again, until one goes elsewhere', () => {
  session.go({ screen: 'projects' });
  session.go({ screen: 'project', id: 'a' });
  const project = session.place;
  session.scroll(240);
  session.go({ screen: 'client', id: 'b' });
  expect(session.canGo(1)).toBe(false);
  session.step(-1);
  expect(session.place).toBe(project);
  expect(session.scrolled(session.place)).toBe(240);
  session.step(-1);
  expect(session.place).toEqual({ screen: 'projects' });
  session.step(1);
  expect(session.place).toBe(project);
  session.go({ screen: 'gold' });
  expect(session.canGo(1)).toBe(false);
  session.step(1);
  expect(session.place).toEqual({ screen: 'gold' });
});

test('going where one is adds nothing to the way back, and an intake is found as it was left', () => {
  session.go({ screen: 'projects' });
  session.go({ screen: 'intake', draft: null, client: null });
  session.keeps('intake-1');
  session.go({ screen: 'gold' });
  session.go({ screen: 'gold' });
  session.step(-1);
  expect(session.place).toEqual({ screen: 'intake', draft: 'intake-1', client: null });
  session.step(-1);
  expect(session.place).toEqual({ screen: 'projects' });
});

test('however long one goes on, a hundred places are remembered and the newest is where one is', () => {
  for (let turn = 0; turn < 250; turn += 1) session.go({ screen: 'project', id: String(turn) });
  expect(session.place).toEqual({ screen: 'project', id: '249' });
  let back = 0;
  while (session.canGo(-1)) {
    session.step(-1);
    back += 1;
  }
  expect(back).toBe(99);
});
