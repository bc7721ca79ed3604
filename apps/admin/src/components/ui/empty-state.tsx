import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';

interface EmptyStateProps {
  icon: LucideIcon;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
  /** `h1` where it is all that the page has. */
  heading?: 'h1' | 'h2';
}

export const EmptyState = ({
  icon: Icon,
  title,
  children,
  actions,
  className,
  heading: Heading = 'h2',
}: EmptyStateProps) => (
  <div className={cn('flex flex-col items-center justify-center px-6 py-14 text-center', className)}>
    <span className="mb-4 grid size-12 place-items-center rounded-2xl bg-accent-wash text-accent">
      <Icon className="size-6" aria-hidden />
    </span>
    <Heading className="text-base font-semibold tracking-tight">{title}</Heading>
    {children && <p className="mt-1.5 max-w-md text-pretty text-ink-soft">{children}</p>}
    {actions && <div className="mt-6 flex flex-wrap justify-center gap-2">{actions}</div>}
  </div>
);
