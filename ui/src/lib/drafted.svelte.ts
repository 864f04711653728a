// A form that is kept while it is typed: what stood in it comes back over a scan, a lock or a kill.
import { onDestroy } from 'svelte';
import { Draft } from './draft.svelte';

/**
 * Keeps what `now` says under a name, and puts back what was kept; a form that is opened again begins where it was left. Where
 * nothing was kept it begins with what `fresh` puts into it.
 */
export function drafted<T>(id: string, now: () => T, put: (kept: T) => void, fresh?: () => Promise<void>): Draft {
  const keeping = new Draft(id, now, put);
  let ready = $state(false);
  void keeping.read<T>().then(async (kept) => {
    if (kept !== null) put(kept);
    else {
      await fresh?.();
      keeping.begin();
    }
    ready = true;
  });
  $effect(() => {
    now();
    if (ready) keeping.poke();
  });
  onDestroy(() => keeping.now());
  return keeping;
}
