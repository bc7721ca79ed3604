'use client';

import type { Mention } from '@trunkline/contracts';
import { Fragment, useMemo } from 'react';
import { marked, type Piece } from '@/lib/format/marked-text';
import { mentionsIn } from '@/lib/format/mentions';
import type { Drawing } from './drawing';
import { LinkPreviewCard } from './LinkPreviewCard';
import { MentionView } from './MentionView';

export const TextView: Drawing<'text'> = ({ content: { text, mentions, preview }, message }) => (
  <>
    {preview && <LinkPreviewCard preview={preview} />}
    <MarkedText text={text} mentions={mentions} accountId={message.accountId} />
  </>
);

export const ChoiceView: Drawing<'choice'> = ({ content: { text } }) => <MarkedText text={text} />;

interface Named {
  mentions?: Mention[] | undefined;
  /** Whose conversation it is. */
  accountId?: string | undefined;
}

/** With WhatsApp's marks; nothing of it is ever HTML. */
export function MarkedText({ text, ...named }: Named & { text: string }) {
  const pieces = useMemo(() => marked(text), [text]);
  return (
    <p className="break-words whitespace-pre-wrap" dir="auto">
      <Pieces pieces={pieces} {...named} />
    </p>
  );
}

const Pieces = ({ pieces, ...named }: Named & { pieces: Piece[] }) =>
  pieces.map((piece, index) => <PieceView key={index} piece={piece} {...named} />);

function PieceView({ piece, ...named }: Named & { piece: Piece }) {
  switch (piece.type) {
    case 'text':
      return <WithMentions text={piece.text} {...named} />;
    case 'link':
      return (
        <a
          href={piece.href}
          target="_blank"
          rel="noreferrer noopener nofollow"
          className="underline underline-offset-2"
        >
          {piece.text}
        </a>
      );
    case 'code':
      return <code className="rounded bg-ink/5 px-1 font-mono text-[0.8125rem]">{piece.text}</code>;
    case 'bold':
      return (
        <strong className="font-semibold">
          <Pieces pieces={piece.pieces} {...named} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <Pieces pieces={piece.pieces} {...named} />
        </em>
      );
    case 'struck':
      return (
        <s>
          <Pieces pieces={piece.pieces} {...named} />
        </s>
      );
  }
}

const WithMentions = ({ text, mentions = [], accountId }: Named & { text: string }) =>
  mentionsIn(text, mentions).map(({ text: words, mention }, index) =>
    mention ? (
      <MentionView key={index} mention={mention} accountId={accountId} />
    ) : (
      <Fragment key={index}>{words}</Fragment>
    ),
  );
