/** Opens a dialog over the page, and gives the focus back where it came from when it goes. */
export function modal(node: HTMLDialogElement, wanted?: (node: HTMLDialogElement) => HTMLElement | null | undefined) {
  const from = document.activeElement;
  node.showModal();
  wanted?.(node)?.focus();
  return {
    destroy: () => {
      if (from instanceof HTMLElement && from.isConnected) from.focus();
    },
  };
}
