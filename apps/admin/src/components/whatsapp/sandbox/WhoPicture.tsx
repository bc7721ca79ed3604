'use client';

import { useQuery } from '@tanstack/react-query';
import { Initials } from '@/components/shell/Initials';
import { pictureQuery } from '@/lib/queries/sandbox';
import { Picture } from '../Avatar';
import type { Who } from './who';

export function WhoPicture({ who, className }: { who: Who; className: string }) {
  const { data } = useQuery(pictureQuery(who.number, who.picture));
  const src = data?.jpeg ? `data:image/jpeg;base64,${data.jpeg}` : null;
  return <Picture src={src} className={className} standIn={<Initials name={who.name} className={className} />} />;
}
