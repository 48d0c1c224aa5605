// Gives the focus back to what a dialog was opened from. Radix knows that only of its own triggers, which ours have none of.
import { useRef } from 'react';

interface FocusHandlers {
  readonly onOpenAutoFocus: () => void;
  readonly onCloseAutoFocus: (event: Event) => void;
}

/** An entry of a menu is gone by then: what opened the menu stands for it. */
function opener(): HTMLElement | null {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement)) return null;
  const trigger = active.closest('[role=menu]')?.getAttribute('aria-labelledby');
  return trigger ? document.getElementById(trigger) : active;
}

/** For the content of a dialog. */
export function useGiveBackFocus(): FocusHandlers {
  const from = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus: () => {
      from.current = opener();
    },
    onCloseAutoFocus: (event) => {
      event.preventDefault();
      from.current?.focus();
    },
  };
}
