'use client';

import { useTranslations } from 'use-intl';

type Step = 'open' | 'devices' | 'scan' | 'useNumber' | 'type';

export function LinkSteps({ steps }: { steps: Step[] }) {
  const t = useTranslations('link.steps');
  return (
    <ol className="grid gap-3">
      {steps.map((step, index) => (
        <li key={step} className="flex gap-3">
          <span
            aria-hidden
            className="grid size-6 shrink-0 place-items-center rounded-full bg-sunken text-xs font-semibold"
          >
            {index + 1}
          </span>
          <span className="pt-0.5 text-pretty">{t(step)}</span>
        </li>
      ))}
    </ol>
  );
}
