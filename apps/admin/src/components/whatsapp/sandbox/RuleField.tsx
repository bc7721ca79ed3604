'use client';

import { useTranslations } from 'use-intl';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import type { ReplyRule } from '@/lib/api/sandbox-types';

const RULES: ReplyRule['kind'][] = ['echo', 'slow', 'mute', 'silent'];
const SLOW_MS = 3_000;

interface RuleFieldProps {
  rule: ReplyRule;
  onChange: (rule: ReplyRule) => void;
}

/** How a person answers what comes in. */
export function RuleField({ rule, onChange }: RuleFieldProps) {
  const t = useTranslations('sandbox');
  const choose = (kind: string) => onChange(kind === 'slow' ? { kind, delayMs: SLOW_MS } : { kind: kind as 'echo' });
  return (
    <div className="grid gap-3">
      <Field label={t('rule')} hint={t(`rules.${rule.kind}.about`)}>
        {(control) => (
          <Select
            {...control}
            value={rule.kind}
            onValueChange={choose}
            options={RULES.map((kind) => ({ value: kind, label: t(`rules.${kind}.name`) }))}
          />
        )}
      </Field>
      {rule.kind === 'slow' && (
        <Field label={t('delay')}>
          {(control) => (
            <Input
              {...control}
              type="number"
              min={0}
              max={600}
              value={rule.delayMs / 1000}
              onChange={(event) =>
                onChange({ kind: 'slow', delayMs: Math.min(600, Math.max(0, Number(event.target.value))) * 1000 })
              }
            />
          )}
        </Field>
      )}
    </div>
  );
}
