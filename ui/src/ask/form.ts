// A question as typed: texts by their paths. What they mean is Rust's to say.
import type { AskForm } from '../lib/bindings';
import type { Lang } from '../lib/words';

export type Fields = { [key: string]: unknown };

export function emptyAsk(language: Lang): AskForm {
  return { ask: 'after-sales', house: 'own', language, fields: {}, compare: false, project: '' };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

/** The text at `path`, empty where nothing was typed. */
export function typed(fields: Fields, path: string): string {
  let at: unknown = fields;
  for (const part of path.split('.')) at = isFields(at) ? at[part] : undefined;
  return typeof at === 'string' ? at : '';
}

/** Sets the text at `path`; a part that is a number is a place in a list. */
export function type(fields: Fields, path: string, text: string) {
  const parts = path.split('.');
  let at: Fields = fields;
  parts.slice(0, -1).forEach((part, index) => {
    const below = at[part];
    if (isFields(below)) {
      at = below;
    } else {
      at[part] = /^\d+$/.test(parts[index + 1] ?? '') ? [] : {};
      // Read back: what is kept is watched, what was made is not.
      const kept = at[part];
      if (isFields(kept)) at = kept;
    }
  });
  at[parts[parts.length - 1] ?? ''] = text;
}

export function items(fields: Fields, list: string): Fields[] {
  return Array.isArray(fields[list]) ? fields[list].filter(isFields) : [];
}
