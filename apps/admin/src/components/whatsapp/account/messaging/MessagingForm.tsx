'use client';

import { CALL_POLICIES, type CallPolicy, type Messaging } from '@trunkline/contracts';
import { useId, useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
import { Textarea } from '@/components/ui/textarea';
import { useMessaging } from './useMessaging';

interface MessagingFormProps {
  accountId: string;
  messaging: Messaging;
  done: () => void;
}

export function MessagingForm({ accountId, messaging, done }: MessagingFormProps) {
  const t = useTranslations('messaging');
  const common = useTranslations('common');
  const [readReceipts, setReadReceipts] = useState(messaging.readReceipts);
  const [linkPreviews, setLinkPreviews] = useState(messaging.linkPreviews);
  const [simulateTyping, setSimulateTyping] = useState(messaging.simulateTyping);
  const [calls, setCalls] = useState<CallPolicy>(messaging.calls);
  const [callReply, setCallReply] = useState(messaging.callReply ?? '');
  const [keepDays, setKeepDays] = useState(messaging.keepDays === null ? '' : String(messaging.keepDays));
  const { save, busy, errors } = useMessaging(accountId, done);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save({
      readReceipts,
      linkPreviews,
      simulateTyping,
      calls,
      callReply: callReply.trim() || null,
      keepDays: keepDays.trim() === '' ? null : Number(keepDays),
    });
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <OnOff label={t('readReceipts')} value={readReceipts} onChange={setReadReceipts} />
      <OnOff label={t('linkPreviews')} hint={t('linkPreviewsHint')} value={linkPreviews} onChange={setLinkPreviews} />
      <OnOff
        label={t('simulateTyping')}
        hint={t('simulateTypingHint')}
        value={simulateTyping}
        onChange={setSimulateTyping}
      />
      <Field label={t('calls')} error={errors.calls}>
        {(control) => (
          <Select
            {...control}
            value={calls}
            onValueChange={(chosen) => setCalls(chosen as CallPolicy)}
            options={CALL_POLICIES.map((value) => ({ value, label: t(`callsAre.${value}`) }))}
          />
        )}
      </Field>
      {calls === 'reject' && (
        <Field label={t('callReply')} hint={t('callReplyHint')} error={errors.callReply}>
          {(control) => (
            <Textarea
              {...control}
              maxLength={4_096}
              value={callReply}
              onChange={(event) => setCallReply(event.target.value)}
            />
          )}
        </Field>
      )}
      <Field label={t('keepDays')} hint={t('keepDaysHint')} error={errors.keepDays}>
        {(control) => (
          <Input
            {...control}
            type="number"
            inputMode="numeric"
            min={1}
            value={keepDays}
            onChange={(event) => setKeepDays(event.target.value)}
          />
        )}
      </Field>
      <FormFooter busy={busy} error={errors.form}>
        {common('save')}
      </FormFooter>
    </form>
  );
}

interface OnOffProps {
  label: string;
  hint?: string;
  value: boolean;
  onChange: (value: boolean) => void;
}

function OnOff({ label, hint, value, onChange }: OnOffProps) {
  const id = useId();
  return (
    <div>
      <div className="flex items-center justify-between gap-3">
        <label htmlFor={id} className="text-[0.8125rem] font-medium">
          {label}
        </label>
        <Switch id={id} checked={value} onCheckedChange={onChange} aria-describedby={hint && `${id}-hint`} />
      </div>
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-[0.8125rem] text-ink-soft">
          {hint}
        </p>
      )}
    </div>
  );
}
