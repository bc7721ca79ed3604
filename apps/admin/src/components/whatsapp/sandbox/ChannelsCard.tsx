'use client';

import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { sandboxChannels } from '@/lib/api/sandbox';
import type { SandboxChannel } from '@/lib/api/sandbox-types';
import { sandboxChannelsQuery } from '@/lib/queries/sandbox';
import { posted, PostPicture } from './PostPicture';
import { useSandboxAct } from './useSandboxAct';
import type { Who } from './who';

/** Channels that everybody in the sandbox follows from their making on. */
export function ChannelsCard({ everybody }: { everybody: Who[] }) {
  const t = useTranslations('sandbox.posts');
  const { data: channels = [] } = useQuery(sandboxChannelsQuery);
  return (
    <Card aria-labelledby="sandbox-channels">
      <CardHeader>
        <CardTitle id="sandbox-channels">{t('channels')}</CardTitle>
      </CardHeader>
      <CardBody className="grid gap-4">
        {channels.length === 0 && <p className="text-ink-soft">{t('noChannels')}</p>}
        {channels.map((channel) => (
          <PostIn key={channel.id} channel={channel} />
        ))}
        <NewChannel everybody={everybody} />
      </CardBody>
    </Card>
  );
}

function PostIn({ channel: { id, name, followers } }: { channel: SandboxChannel }) {
  const t = useTranslations('sandbox.posts');
  const [text, setText] = useState('');
  const [picture, setPicture] = useState<File | null>(null);
  const isEmpty = !text.trim() && !picture;
  const post = useSandboxAct(async () => sandboxChannels.post(id, await posted(text.trim(), picture)), {
    done: t('channelDone', { name }),
    then: () => {
      setText('');
      setPicture(null);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isEmpty) post.mutate(undefined);
  };
  return (
    <form onSubmit={submit} className="grid gap-2">
      <Field label={t('inChannel', { name, count: followers.length })}>
        {(control) => <Input {...control} dir="auto" value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <PostPicture file={picture} onChoose={setPicture} />
        <Button
          type="submit"
          className="ms-auto"
          busy={post.isPending}
          disabled={isEmpty}
          aria-label={t('postIn', { name })}
        >
          {t('post')}
        </Button>
      </div>
    </form>
  );
}

function NewChannel({ everybody }: { everybody: Who[] }) {
  const t = useTranslations('sandbox.posts');
  const [name, setName] = useState('');
  const make = useSandboxAct(
    () => sandboxChannels.create({ name: name.trim(), followers: everybody.map(({ number }) => number) }),
    { done: t('channelMade'), then: () => setName('') },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) make.mutate(undefined);
  };
  return (
    <form onSubmit={submit} className="flex items-end gap-2 border-t pt-4">
      <Field label={t('newChannel')} className="min-w-0 flex-1">
        {(control) => (
          <Input
            {...control}
            dir="auto"
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" busy={make.isPending} disabled={!name.trim()}>
        {t('make')}
      </Button>
    </form>
  );
}
