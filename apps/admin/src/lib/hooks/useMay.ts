'use client';

import { type Me, ROLES, type Role } from '@trunkline/contracts';
import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../queries/system';

/** Whether the viewer has this role or a higher one. What they may not do is not offered; the API refuses it anyway. */
export function useMay(least: Role): boolean {
  const { data: me } = useQuery(meQuery);
  return hasRole(me, least);
}

export const hasRole = (me: Me | undefined, least: Role): boolean =>
  me !== undefined && ROLES.indexOf(me.role) <= ROLES.indexOf(least);
