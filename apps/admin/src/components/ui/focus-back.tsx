'use client';

import { useMemo, useRef, useState, type RefObject } from 'react';

type Opener = RefObject<HTMLElement | null>;

/**
 * Dialogs are opened by state and not by a trigger that Radix knows, so it would leave the focus nowhere when they close:
 * whoever works by keyboard would begin at the top of the page again. `opener` goes to `<RememberOpener>` inside of the
 * portal, the handler to the content.
 */
export function useFocusBack(): { opener: Opener; onCloseAutoFocus: (event: Event) => void } {
  const opener = useRef<HTMLElement | null>(null);
  return useMemo(
    () => ({
      opener,
      onCloseAutoFocus: (event) => {
        if (!opener.current?.isConnected) return;
        event.preventDefault();
        // What was done in the dialog may have moved what is behind it: it stays there.
        opener.current.focus({ preventScroll: true });
      },
    }),
    [],
  );
}

/** Drawn before what is in the dialog can take the focus. */
export function RememberOpener({ opener }: { opener: Opener }) {
  const [focused] = useState(focusedNow);
  opener.current = focused;
  return null;
}

/** An item of a menu is gone by then: the button that opens the menu stands for it. */
function focusedNow(): HTMLElement | null {
  const focused = document.activeElement;
  const trigger = focused?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const element = trigger ? document.getElementById(trigger) : focused;
  return element instanceof HTMLElement ? element : null;
}
