'use client';

import type { Mention } from '@trunkline/contracts';
import { Fragment, useMemo } from 'react';
import { digitsOf } from '@/lib/format/phone';
import { marked, type Piece } from '@/lib/format/marked-text';
import type { Drawing } from './drawing';
import { LinkPreviewCard } from './LinkPreviewCard';

export const TextView: Drawing<'text'> = ({ content: { text, mentions, preview } }) => (
  <>
    {preview && <LinkPreviewCard preview={preview} />}
    <MarkedText text={text} mentions={mentions} />
  </>
);

export const ChoiceView: Drawing<'choice'> = ({ content: { text } }) => <MarkedText text={text} />;

interface MarkedTextProps {
  text: string;
  mentions?: Mention[] | undefined;
}

/** With WhatsApp's marks; nothing of it is ever HTML. */
export function MarkedText({ text, mentions = [] }: MarkedTextProps) {
  const pieces = useMemo(() => marked(text), [text]);
  const names = new Set(mentions.flatMap(({ phoneNumber, lid }) => [phoneNumber && digitsOf(phoneNumber), lid]));
  return (
    <p className="break-words whitespace-pre-wrap" dir="auto">
      <Pieces pieces={pieces} names={names} />
    </p>
  );
}

interface PiecesProps {
  pieces: Piece[];
  names: ReadonlySet<string | null>;
}

const Pieces = ({ pieces, names }: PiecesProps) =>
  pieces.map((piece, index) => <PieceView key={index} piece={piece} names={names} />);

function PieceView({ piece, names }: { piece: Piece; names: PiecesProps['names'] }) {
  switch (piece.type) {
    case 'text':
      return <Mentioned text={piece.text} names={names} />;
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
          <Pieces pieces={piece.pieces} names={names} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <Pieces pieces={piece.pieces} names={names} />
        </em>
      );
    case 'struck':
      return (
        <s>
          <Pieces pieces={piece.pieces} names={names} />
        </s>
      );
  }
}

/** `@` and the digits of somebody who is mentioned. */
const Mentioned = ({ text, names }: { text: string; names: PiecesProps['names'] }) =>
  text.split(/(@\d+)/).map((part, index) =>
    part.startsWith('@') && names.has(part.slice(1)) ? (
      <span key={index} className="font-medium text-accent">
        {part}
      </span>
    ) : (
      <Fragment key={index}>{part}</Fragment>
    ),
  );
