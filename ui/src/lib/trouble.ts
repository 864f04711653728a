// What went wrong, said one way: whatever was thrown becomes a sentence, and what kind of trouble it is.

/** What went wrong, as Rust says it. */
export interface Said {
  kind: 'refused' | 'doubtful' | 'broken' | 'locked' | 'key' | 'untrusted' | 'away' | 'moved' | 'changed';
  text: string;
  field: string | null;
}

function isSaid(error: unknown): error is Said {
  return typeof error === 'object' && error !== null && 'text' in error;
}

/** Bad arguments and refused permissions come as plain strings, faults of the screen as errors, everything else as `Said`. */
export function whatWentWrong(error: unknown): Said {
  if (isSaid(error)) return error;
  return { kind: 'broken', text: error instanceof Error ? error.message : String(error), field: null };
}
