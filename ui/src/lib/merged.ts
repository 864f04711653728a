// A form that a colleague changed while one typed: what was typed stays, and what they changed beside it is taken over.

import { whatWentWrong } from './trouble';

/** A field that both changed: what stands is what was typed here, and theirs can be taken. */
export interface Clash {
  key: string;
  theirs: unknown;
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Brings together what stood in a form when it was opened, what stands in it now, and what a colleague made of it meanwhile. */
export function merged<T extends object>(before: T, mine: T, theirs: T): { form: T; clashes: Clash[] } {
  const form = { ...mine };
  const clashes: Clash[] = [];
  for (const key of Object.keys(theirs) as (keyof T & string)[]) {
    if (same(theirs[key], mine[key]) || same(theirs[key], before[key])) continue;
    if (same(mine[key], before[key])) form[key] = theirs[key];
    else clashes.push({ key, theirs: theirs[key] });
  }
  return { form, clashes };
}

/** The form with theirs in place of what was typed. */
export function taken<T extends object>(form: T, clash: Clash): T {
  return { ...form, [clash.key]: clash.theirs };
}

/** What to say of a form that was not taken. Where a colleague changed the same meanwhile, `meet` brings both together first. */
export async function notTaken(error: unknown, meet: () => Promise<void>): Promise<string> {
  const why = whatWentWrong(error);
  if (why.kind !== 'changed') return why.text;
  return meet().then(
    () => why.text,
    (failed: unknown) => whatWentWrong(failed).text,
  );
}
