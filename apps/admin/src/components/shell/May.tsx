'use client';

import type { Role } from '@trunkline/contracts';
import type { ReactNode } from 'react';
import { useMay } from '@/lib/hooks/useMay';

interface MayProps {
  /** The least role that may do it. */
  least: Role;
  /** Drawn for who may not. */
  instead?: ReactNode;
  children: ReactNode;
}

/** What only some may do is offered to them alone; `ViewerNote` tells the others why so little is. */
export const May = ({ least, instead = null, children }: MayProps) => (useMay(least) ? children : instead);
