'use client';

import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { people } from '@/lib/api/sandbox';
import { useSandboxAct } from './useSandboxAct';
import type { Who } from './who';

/** A status of somebody, for everybody else in the sandbox. */
export function StatusForm({ everybody }: { everybody: Who[] }) {
  const t = useTranslations('sandbox.posts');
  const [chosen, setChosen] = useState<string>();
  const [text, setText] = useState('');
  const by = chosen ?? everybody[0]?.number;
  const to = everybody.map(({ number }) => number).filter((number) => number !== by);
  const post = useSandboxAct((number: string) => people.postStatus(number, { to, text: text.trim() }), {
    done: t('statusDone'),
    then: () => setText(''),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (by && text.trim()) post.mutate(by);
  };
  return (
    <Card aria-labelledby="sandbox-status">
      <CardHeader>
        <CardTitle id="sandbox-status">{t('status')}</CardTitle>
      </CardHeader>
      <CardBody>
        {to.length === 0 ? (
          <p className="text-ink-soft">{t('nobody')}</p>
        ) : (
          <form onSubmit={submit} className="grid gap-3">
            <Field label={t('by')}>
              {(control) => (
                <Select
                  {...control}
                  value={by}
                  onValueChange={setChosen}
                  options={everybody.map(({ number, name }) => ({ value: number, label: name }))}
                />
              )}
            </Field>
            <Field label={t('text')} hint={t('statusHint')}>
              {(control) => (
                <Input {...control} dir="auto" value={text} onChange={(event) => setText(event.target.value)} />
              )}
            </Field>
            <Button
              type="submit"
              variant="primary"
              className="justify-self-end"
              busy={post.isPending}
              disabled={!text.trim()}
            >
              {t('post')}
            </Button>
          </form>
        )}
      </CardBody>
    </Card>
  );
}
