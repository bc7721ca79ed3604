'use client';

import type { EventAnswer, EventAnswers as Answers, Message } from '@trunkline/contracts';
import { useTranslations } from 'use-intl';
import { useMay } from '@/lib/hooks/useMay';
import { cn } from '@/lib/cn';
import { useConversation } from '../conversation';

/** Who comes and who does not, as they say it; a press answers for the account. */
export function EventAnswers({ message, over }: { message: Message; over: boolean }) {
  const t = useTranslations('messages');
  const { send } = useConversation();
  const may = useMay('operator');
  const answer = (word: EventAnswer) => send({ kind: 'answer', messageId: message.id, answer: word });
  return (
    <div role="group" aria-label={t('answers')} className="mt-2 flex flex-wrap gap-1.5">
      {(message.eventAnswers ?? []).map((each) => (
        <Answer key={each.answer} given={each} disabled={over || !may} onAnswer={() => answer(each.answer)} />
      ))}
    </div>
  );
}

interface AnswerProps {
  given: Answers[number];
  disabled: boolean;
  onAnswer: () => void;
}

function Answer({ given: { answer, by }, disabled, onAnswer }: AnswerProps) {
  const t = useTranslations('messages');
  const own = by.some(({ personId }) => personId === null);
  const names = by.map(({ personId, name }) => (personId === null ? t('you') : (name ?? t('someone')))).join(', ');
  return (
    <button
      type="button"
      aria-pressed={own}
      title={names || undefined}
      disabled={disabled}
      onClick={own ? undefined : onAnswer}
      className={cn(
        'inline-flex items-center gap-2 rounded-full border bg-surface px-2.5 py-1 text-[0.8125rem] transition-colors enabled:hover:bg-sunken',
        own && 'border-accent bg-accent-wash text-accent',
      )}
    >
      {t(`answer.${answer}`)} <span className={cn('tabular text-xs', !own && 'text-ink-soft')}>{by.length}</span>
    </button>
  );
}
