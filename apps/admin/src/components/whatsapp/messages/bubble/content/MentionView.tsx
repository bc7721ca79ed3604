'use client';

import type { Mention } from '@trunkline/contracts';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { writeTo } from '@/lib/navigation';
import { PhoneNumber } from '../../../PhoneNumber';

interface MentionViewProps {
  mention: Mention;
  /** Whose conversation with them a press opens. */
  accountId: string | undefined;
}

/** By name, or number; one who is known by an address alone that says nothing to anybody is said to be so. */
export function MentionView({ mention, accountId }: MentionViewProps) {
  const { phoneNumber, me } = mention;
  if (me || phoneNumber === null || accountId === undefined)
    return (
      <span className={LOOK}>
        @<Who mention={mention} />
      </span>
    );
  return (
    <Link href={writeTo(accountId, phoneNumber)} className={`${LOOK} hover:underline`}>
      @<Who mention={mention} />
    </Link>
  );
}

const LOOK = 'font-medium text-accent';

function Who({ mention: { name, phoneNumber, me } }: { mention: Mention }): ReactNode {
  const t = useTranslations('messages');
  if (me) return t('you');
  if (name) return <bdi>{name}</bdi>;
  return phoneNumber === null ? t('mentionHidden') : <PhoneNumber value={phoneNumber} />;
}
