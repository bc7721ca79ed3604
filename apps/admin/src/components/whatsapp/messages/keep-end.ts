import { observeElementRect, type Virtualizer } from '@tanstack/react-virtual';

/** Enough of a list to be asked how far it is from its end, and to be brought there. */
type List = Pick<Virtualizer<HTMLDivElement, Element>, 'scrollRect' | 'getDistanceFromEnd' | 'scrollToEnd'> & {
  options: { scrollEndThreshold: number };
};

/**
 * What is below a conversation grows: the composer with what one writes, a line about its account or person that is known a
 * moment later. The browser takes that from the end of what is in sight, so one that stood at its end is brought back there.
 */
export const observeFromEnd: typeof observeElementRect = (list, told) =>
  observeElementRect(list, (rect) => keepEnd(list as unknown as List, rect.height, () => told(rect)));

/** @param take makes the list know its new height, in pixels */
export function keepEnd(list: List, height: number, take: () => void): void {
  const lost = (list.scrollRect?.height ?? height) - height;
  const wasAtEnd = list.getDistanceFromEnd() - lost <= list.options.scrollEndThreshold;
  take();
  if (lost > 0 && wasAtEnd) list.scrollToEnd();
}
