'use client';

import type { Message } from '@trunkline/contracts';
import { Check } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { cn } from '@/lib/cn';
import { useMay } from '@/lib/hooks/useMay';
import { useConversation } from '../conversation';
import type { Drawing } from './drawing';

/** Results as they come; a press on an option votes, and once more takes the vote back. */
export const PollView: Drawing<'poll'> = ({ content: { question, selectable }, message }) => {
  const t = useTranslations('messages');
  const { send } = useConversation();
  const may = useMay('operator');
  const results = message.pollResults ?? [];
  const chosen = results.filter(mine).map(({ option }) => option);
  const voters = new Set(results.flatMap(({ by }) => by.map(({ personId }) => personId))).size;
  const vote = (option: string) =>
    send({ kind: 'vote', messageId: message.id, options: toggled(chosen, option, selectable) });
  return (
    <fieldset className="min-w-60 py-1">
      <legend className="font-medium break-words" dir="auto">
        {question}
      </legend>
      <p className="mb-1.5 text-xs text-ink-soft">{selectable === 1 ? t('pollOne') : t('pollMany')}</p>
      <div className="grid gap-1.5">
        {results.map((result) => (
          <Option
            key={result.option}
            result={result}
            voters={voters}
            onVote={may ? () => vote(result.option) : undefined}
          />
        ))}
      </div>
      <p className="mt-1.5 text-xs text-ink-soft">{t('pollVotes', { count: voters })}</p>
    </fieldset>
  );
};

type Result = NonNullable<Message['pollResults']>[number];
const mine = ({ by }: Result): boolean => by.some(({ personId }) => personId === null);

function toggled(chosen: string[], option: string, selectable: number): string[] {
  if (chosen.includes(option)) return chosen.filter((each) => each !== option);
  if (selectable === 1) return [option];
  return [...chosen, option].slice(selectable === 0 ? 0 : -selectable);
}

interface OptionProps {
  result: Result;
  voters: number;
  /** Undefined for who may not. */
  onVote: (() => void) | undefined;
}

function Option({ result, voters, onVote }: OptionProps) {
  const t = useTranslations('messages');
  const { option, by } = result;
  const share = voters === 0 ? 0 : by.length / voters;
  const names = by.map(({ personId, name }) => (personId === null ? t('you') : (name ?? t('someone')))).join(', ');
  return (
    <button
      type="button"
      aria-pressed={mine(result)}
      title={names || undefined}
      disabled={!onVote}
      onClick={onVote}
      className="rounded-lg border bg-surface px-2.5 py-1.5 text-start transition-colors enabled:hover:bg-sunken"
    >
      <span className="flex items-center gap-2">
        <span
          className={cn(
            'grid size-4 shrink-0 place-items-center rounded-full border',
            mine(result) && 'border-accent bg-accent text-accent-ink',
          )}
        >
          {mine(result) && <Check className="size-3" aria-hidden />}
        </span>
        <span className="min-w-0 flex-1 break-words" dir="auto">
          {option}
        </span>
        <span className="tabular text-xs text-ink-soft">{by.length}</span>
      </span>
      <span aria-hidden className="mt-1 block h-1 overflow-hidden rounded-full bg-ink/10">
        <span
          className="block h-full rounded-full bg-accent transition-[inline-size]"
          style={{ inlineSize: `${share * 100}%` }}
        />
      </span>
    </button>
  );
}
