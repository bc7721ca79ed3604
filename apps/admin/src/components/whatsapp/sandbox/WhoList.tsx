'use client';

import { Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Initials } from '@/components/shell/Initials';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { cn } from '@/lib/cn';
import { Dot } from '../Dot';
import { PhoneNumber } from '../PhoneNumber';
import { CreateWhoDialog } from './CreateWhoDialog';
import { GroupSection } from './GroupSection';
import type { Who } from './who';

interface WhoListProps {
  everybody: Who[];
  chosen: string | undefined;
  onChoose: (number: string) => void;
}

export function WhoList({ everybody, chosen, onChoose }: WhoListProps) {
  const rows = (kind: Who['kind']) =>
    everybody
      .filter((who) => who.kind === kind)
      .map((who) => <WhoRow key={who.number} who={who} chosen={who.number === chosen} onChoose={onChoose} />);
  return (
    <Card className="p-2">
      <Section kind="phone" onMade={onChoose}>
        {rows('phone')}
      </Section>
      <Section kind="person" onMade={onChoose}>
        {rows('person')}
      </Section>
      <GroupSection everybody={everybody} />
    </Card>
  );
}

interface SectionProps {
  kind: Who['kind'];
  onMade: (number: string) => void;
  children: ReactNode[];
}

function Section({ kind, onMade, children }: SectionProps) {
  const t = useTranslations('sandbox');
  const [creating, setCreating] = useState(false);
  return (
    <section aria-label={t(`${kind}.many`)} className="mb-3">
      <div className="flex items-center justify-between ps-2">
        <h2 className="text-xs font-medium text-ink-soft">{t(`${kind}.many`)}</h2>
        <Button variant="ghost" size="small" className="px-2" onClick={() => setCreating(true)}>
          <Plus aria-hidden />
          {t(`${kind}.add`)}
        </Button>
      </div>
      {children.length > 0 ? (
        <ul>{children}</ul>
      ) : (
        <p className="px-2 pb-2 text-[0.8125rem] text-ink-soft">{t(`${kind}.none`)}</p>
      )}
      <CreateWhoDialog kind={kind} open={creating} onOpenChange={setCreating} onMade={onMade} />
    </section>
  );
}

function WhoRow({ who, chosen, onChoose }: { who: Who; chosen: boolean; onChoose: (number: string) => void }) {
  const t = useTranslations('sandbox');
  return (
    <li>
      <button
        type="button"
        aria-current={chosen || undefined}
        onClick={() => onChoose(who.number)}
        className={cn(
          'flex w-full items-center gap-3 rounded-lg px-2 py-1.5 text-start hover:bg-sunken',
          chosen && 'bg-accent-wash hover:bg-accent-wash',
        )}
      >
        <Initials name={who.name} className="size-8 text-xs" />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{who.name}</span>
          <PhoneNumber value={who.number} className="block text-xs text-ink-soft" />
        </span>
        <Dot tone={who.online ? 'good' : 'neutral'} />
        <span className="sr-only">{t(who.online ? 'online' : 'offline')}</span>
      </button>
    </li>
  );
}
