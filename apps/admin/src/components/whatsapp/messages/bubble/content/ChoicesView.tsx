'use client';

import { MarkedText } from './TextView';
import type { Drawing } from './drawing';

/** What a business offers to choose from; it is answered on the phone. */
export const ChoicesView: Drawing<'choices'> = ({ content: { title, text, footer, choices } }) => (
  <div className="py-0.5">
    {title && (
      <p className="font-medium" dir="auto">
        {title}
      </p>
    )}
    {text && <MarkedText text={text} />}
    {footer && (
      <p className="text-xs text-ink-soft" dir="auto">
        {footer}
      </p>
    )}
    <ul className="mt-1.5 grid gap-1">
      {choices.map(({ id, text: choice, description }, index) => (
        <li key={`${id}-${index}`} className="rounded-lg border px-2.5 py-1" dir="auto">
          <span className="font-medium">{choice}</span>
          {description && <span className="block text-xs text-ink-soft">{description}</span>}
        </li>
      ))}
    </ul>
  </div>
);
