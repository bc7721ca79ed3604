import { useSyncExternalStore } from 'react';

/**
 * What was begun in each conversation and not sent, by `threadKey`. It outlives a reload and ends with the tab, or with
 * signing out: the next person is somebody else.
 */
const PLACE = 'trunkline.drafts';

let kept: Record<string, string> | undefined;
const listeners = new Set<() => void>();

export const draftOf = (thread: string): string => all()[thread] ?? '';

export function keepDraft(thread: string, text: string): void {
  if (draftOf(thread) === text) return;
  const { [thread]: _, ...others } = all();
  change(text.trim() === '' ? others : { ...others, [thread]: text });
}

export const forgetDrafts = (): void => change({});

export const useDraft = (thread: string): string =>
  useSyncExternalStore(
    subscribe,
    () => draftOf(thread),
    () => '',
  );

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

function change(drafts: Record<string, string>): void {
  kept = drafts;
  try {
    sessionStorage.setItem(PLACE, JSON.stringify(drafts));
  } catch {
    // Full, or forbidden here: they are kept until the page is left.
  }
  for (const listener of listeners) listener();
}

function all(): Record<string, string> {
  return (kept ??= stored());
}

function stored(): Record<string, string> {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(PLACE) ?? '{}');
    const entries = typeof found === 'object' && found !== null ? Object.entries(found) : [];
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {};
  }
}
