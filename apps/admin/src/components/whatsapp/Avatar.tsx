'use client';

import { useQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Initials } from '@/components/shell/Initials';
import { cn } from '@/lib/cn';
import { useSeen } from '@/lib/hooks/useSeen';
import { type Portrayed, readProfile } from '@/lib/queries/profiles';

interface AvatarProps {
  of: Portrayed;
  /** For the letters where there is no picture. */
  name: string;
  className?: string;
  /** Instead of letters. */
  children?: ReactNode;
}

/** The picture of somebody, or what stands in for it. The name stands beside it, so that it says nothing of itself. */
export function Avatar({ of, name, className, children }: AvatarProps) {
  const { data: profile } = useQuery(readProfile(of));
  const standIn = children || <Initials name={name} className={className} />;
  return (
    <Picture key={profile?.pictureUrl} src={profile?.pictureUrl ?? null} className={className} standIn={standIn} />
  );
}

/** In a long list: nobody is asked about who has not come into sight. */
export function AvatarInSight(props: AvatarProps) {
  const { name, className, children } = props;
  const { ref, seen } = useSeen<HTMLSpanElement>();
  return (
    <span ref={ref} className="shrink-0">
      {seen ? <Avatar {...props} /> : children || <Initials name={name} className={className} />}
    </span>
  );
}

/** One that cannot be loaded is as none. */
export function Picture({ src, className, standIn }: { src: string | null; className?: string; standIn: ReactNode }) {
  const [broken, setBroken] = useState(false);
  if (!src || broken) return standIn;
  return (
    <img
      src={src}
      alt=""
      loading="lazy"
      onError={() => setBroken(true)}
      className={cn('shrink-0 rounded-full bg-sunken object-cover', className)}
    />
  );
}

export const GroupSign = ({ className }: { className?: string }) => (
  <span
    aria-hidden
    className={cn('grid shrink-0 place-items-center rounded-full bg-accent-wash text-accent', className)}
  >
    <Users className="size-1/2" />
  </span>
);
