'use client';

import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { people } from '@/lib/api/sandbox';
import { posted, PostPicture } from './PostPicture';
import { useSandboxAct } from './useSandboxAct';
import type { Who } from './who';

/** A status of somebody, for everybody else in the sandbox. */
export function StatusForm({ everybody }: { everybody: Who[] }) {
  const t = useTranslations('sandbox.posts');
  const [chosen, setChosen] = useState<string>();
  const [text, setText] = useState('');
  const by = chosen ?? everybody[0]?.number;
  const to = everybody.map(({ number }) => number).filter((number) => number !== by);
  const [picture, setPicture] = useState<File | null>(null);
  const isEmpty = !text.trim() && !picture;
  const post = useSandboxAct(
    async (number: string) => people.postStatus(number, { to, ...(await posted(text.trim(), picture)) }),
    {
      done: t('statusDone'),
      then: () => {
        setText('');
        setPicture(null);
      },
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (by && !isEmpty) post.mutate(by);
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
            <div className="flex flex-wrap items-center justify-between gap-2">
              <PostPicture file={picture} onChoose={setPicture} />
              <Button type="submit" variant="primary" className="ms-auto" busy={post.isPending} disabled={isEmpty}>
                {t('post')}
              </Button>
            </div>
          </form>
        )}
      </CardBody>
    </Card>
  );
}
