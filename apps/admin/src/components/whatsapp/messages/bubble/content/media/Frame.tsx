'use client';

import type { Media } from '@trunkline/contracts';
import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';
import { frameOf } from './frame';

interface FrameProps {
  media: Media;
  className?: string;
  children?: ReactNode;
}

/** As large as what comes into it; the small picture that came with the message is there from the start. */
export function Frame({ media, className, children }: FrameProps) {
  return (
    <div className={cn('relative max-w-full overflow-hidden rounded-xl bg-ink/5', className)} style={frameOf(media)}>
      {media.thumbnail && (
        <img src={media.thumbnail} alt="" className="absolute inset-0 size-full scale-105 object-cover blur-sm" />
      )}
      {children}
    </div>
  );
}
