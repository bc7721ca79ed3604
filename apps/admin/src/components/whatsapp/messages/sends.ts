import type { KeyboardEvent } from 'react';

/** Enter sends and Shift+Enter breaks the line; an Enter that chooses a word of an input method does neither. */
export function sends(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing && event.keyCode !== 229;
}
