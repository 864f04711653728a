/** What stands in a watched form, as a plain copy of its own: what is sent, kept or compared. */
export function plain<T>(value: T): T {
  // The snapshot of plain data is that data: the type of a snapshot only cannot say so.
  return $state.snapshot(value) as T;
}
