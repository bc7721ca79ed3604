'use client';

import { useTranslations } from 'use-intl';
import { people } from '@/lib/api/sandbox';
import type { Person, ReplyRule } from '@/lib/api/sandbox-types';
import { Counts } from './Counts';
import { RuleField } from './RuleField';
import { useSandboxAct } from './useSandboxAct';

export function PersonControls({ person }: { person: Person }) {
  const t = useTranslations('sandbox');
  const change = useSandboxAct((rule: ReplyRule) => people.change(person.number, { rule }), { done: t('ruleChanged') });
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <RuleField rule={person.rule} onChange={(rule) => change.mutate(rule)} />
      <Counts counts={person.counts} />
    </div>
  );
}
