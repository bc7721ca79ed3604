'use client';

import type { Media, MediaContent } from '@trunkline/contracts';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useConversation } from '../conversation';
import { Absent } from './media/Absent';
import { FileLink } from './media/FileLink';
import { FilmView, GifView } from './media/FilmView';
import { OnceView } from './media/OnceView';
import { PictureView, StickerView } from './media/PictureView';
import { SoundView } from './media/SoundView';
import { MarkedText } from './TextView';

/** What brought a file: a message, or a post. */
export interface Bringing {
  id: string;
  media: Media | null;
  viewOnce: boolean;
}

/** A file in its bubble: what it shows, or why it is not here, and its caption. */
export function MediaView({ content, message }: { content: MediaContent; message: Bringing }) {
  const t = useTranslations('messages');
  const { media } = message;
  const caption = 'caption' in content ? content.caption : undefined;
  return (
    <div className="grid max-w-80 grid-cols-1 justify-items-start gap-1.5 py-1">
      {!media && <p className="text-ink-soft">{t('unsupported')}</p>}
      {media && media.state !== 'ready' && <Absent media={media} kind={content.kind} />}
      {media?.state === 'ready' && <Shown content={content} message={message} media={media} />}
      {caption && <MarkedText text={caption} />}
    </div>
  );
}

interface ShownProps {
  content: MediaContent;
  message: Bringing;
  media: Media;
}

/** By what the file is, not by what its sender calls it. */
function Shown({ content, message, media }: ShownProps) {
  const { view } = useConversation();
  const [opened, setOpened] = useState(false);
  const { kind } = content;
  const type = media.mime.split('/')[0];
  if (kind === 'document') return <FileLink media={media} name={content.fileName} />;
  if (kind === 'voice' && message.viewOnce && !opened) return <OnceView kind={kind} onOpen={() => setOpened(true)} />;
  if (kind === 'voice' || kind === 'audio' || type === 'audio') {
    const own = kind === 'voice' ? content.waveform : undefined;
    return <SoundView media={media} kind={kind === 'voice' ? kind : 'audio'} waveform={own ?? media.waveform} />;
  }
  if (message.viewOnce) return <OnceView kind={kind} onOpen={() => view(message.id)} />;
  if (type === 'image') {
    if (kind === 'sticker') return <StickerView media={media} />;
    return <PictureView message={message} media={media} kind={kind} />;
  }
  if (type !== 'video') return <FileLink media={media} />;
  return kind === 'gif' ? <GifView media={media} /> : <FilmView message={message} media={media} />;
}
