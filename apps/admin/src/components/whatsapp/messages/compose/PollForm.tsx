'use client';

import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Switch } from '@/components/ui/switch';
import type { AttachFormProps } from './AttachMenu';
import { FormEnd } from './FormEnd';

const MOST = 12;

/** A new line for an option appears as soon as the last one is filled. */
export function PollForm({ onSend }: AttachFormProps) {
  const t = useTranslations('attach');
  const [question, setQuestion] = useState('');
  const [lines, setLines] = useState(['', '']);
  const [many, setMany] = useState(false);
  const [tried, setTried] = useState(false);
  const options = [...new Set(lines.map((line) => line.trim()).filter(Boolean))];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!question.trim() || options.length < 2) return setTried(true);
    onSend({ kind: 'poll', question: question.trim(), options, selectable: many ? 0 : 1 });
  };
  const change = (at: number, value: string) =>
    setLines((held) => {
      const next = held.map((line, index) => (index === at ? value : line));
      return next.length < MOST && next.every(Boolean) ? [...next, ''] : next;
    });
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Field label={t('question')} error={tried && !question.trim() ? t('questionWrong') : null}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            maxLength={255}
            value={question}
            onChange={(event) => setQuestion(event.target.value)}
          />
        )}
      </Field>
      {lines.map((line, index) => (
        <Field
          key={index}
          label={t('option', { number: index + 1 })}
          error={tried && index < 2 && options.length < 2 && !line.trim() ? t('optionWrong') : null}
        >
          {(control) => (
            <Input {...control} maxLength={100} value={line} onChange={(event) => change(index, event.target.value)} />
          )}
        </Field>
      ))}
      <label className="flex items-center justify-between gap-3">
        {t('many')}
        <Switch checked={many} onCheckedChange={setMany} />
      </label>
      <FormEnd />
    </form>
  );
}
