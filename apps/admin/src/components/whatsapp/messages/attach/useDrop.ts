'use client';

import { useRef, useState, type DragEvent } from 'react';
import { holdsFiles, offered, type Offered } from './offered';

/**
 * For an element that takes files. It is left and entered for each of its children, too: it is over as many of them as it
 * has not left.
 */
export function useDrop(take: (given: Offered) => void) {
  const depth = useRef(0);
  const [over, setOver] = useState(false);
  const move = (by: number) => {
    depth.current = Math.max(0, depth.current + by);
    setOver(depth.current > 0);
  };
  const withFiles = (act: (event: DragEvent) => void) => (event: DragEvent) => {
    if (!holdsFiles(event.dataTransfer)) return;
    // Else the browser opens the file instead of the page.
    event.preventDefault();
    act(event);
  };
  const handlers = {
    onDragEnter: withFiles(() => move(1)),
    onDragLeave: withFiles(() => move(-1)),
    onDragOver: withFiles(({ dataTransfer }) => (dataTransfer.dropEffect = 'copy')),
    onDrop: withFiles(({ dataTransfer }) => {
      move(-depth.current);
      take(offered(dataTransfer));
    }),
  };
  return { over, handlers };
}
