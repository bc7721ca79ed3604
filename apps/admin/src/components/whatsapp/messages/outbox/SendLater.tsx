'use client';

import { CalendarClock } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Input } from '@/components/ui/input';
import { Tooltip } from '@/components/ui/tooltip';
import { type Timing, timingOf } from './timing';
import { serverNow } from '@/lib/live/server-time';

interface SendLaterProps {
  disabled: boolean;
  onSend: (timing: Timing) => void;
}

/** Sends what is written at a time of one's choice, and, if wanted, not after another. */
export function SendLater({ disabled, onSend }: SendLaterProps) {
  const t = useTranslations('outbox');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Tooltip text={t('later')}>
        <Button
          variant="ghost"
          size="icon"
          className="size-10 rounded-full"
          aria-label={t('later')}
          disabled={disabled}
          onClick={() => setOpen(true)}
        >
          <CalendarClock />
        </Button>
      </Tooltip>
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogContent title={t('later')} description={t('laterHint')}>
          <TimeForm
            onSend={(timing) => {
              setOpen(false);
              onSend(timing);
            }}
          />
        </DialogContent>
      </Dialog>
    </>
  );
}

function TimeForm({ onSend }: { onSend: (timing: Timing) => void }) {
  const t = useTranslations('outbox');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [wrong, setWrong] = useState<'from' | 'until' | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const timing = timingOf(from, until, serverNow());
    if ('wrong' in timing) setWrong(timing.wrong);
    else onSend(timing);
  };
  return (
    <form onSubmit={submit} className="grid gap-4" noValidate>
      <Field label={t('from')} error={wrong === 'from' ? t('fromWrong') : null}>
        {(control) => (
          <Input {...control} type="datetime-local" value={from} onChange={(event) => setFrom(event.target.value)} />
        )}
      </Field>
      <Field label={t('until')} hint={t('untilHint')} error={wrong === 'until' ? t('untilWrong') : null}>
        {(control) => (
          <Input {...control} type="datetime-local" value={until} onChange={(event) => setUntil(event.target.value)} />
        )}
      </Field>
      <FormFooter>{t('schedule')}</FormFooter>
    </form>
  );
}
