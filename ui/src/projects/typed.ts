// What was typed into the form of a step, before it is taken.
import type { Signature } from '../lib/bindings';

export type Value = string | string[] | Signature;
export interface Typed {
  values: Record<string, Value>;
  strokes: [number, number][][];
  photos: string[];
}
export const NOTHING: Typed = { values: {}, strokes: [], photos: [] };

/** Something that can be done on a page beside the steps that Rust describes. */
export interface Extra {
  id: string;
  label: string;
  group: string;
  refused: string | null;
}
