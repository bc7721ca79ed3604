import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';

interface EmptyStateProps {
  icon: LucideIcon;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

export const EmptyState = ({ icon: Icon, title, children, actions, className }: EmptyStateProps) => (
  <div className={cn('flex flex-col items-center justify-center px-6 py-14 text-center', className)}>
    <span className="mb-4 grid size-12 place-items-center rounded-2xl bg-accent-wash text-accent">
      <Icon className="size-6" aria-hidden />
    </span>
    <h2 className="text-base font-semibold tracking-tight">{title}</h2>
    {children && <p className="mt-1.5 max-w-md text-pretty text-ink-soft">{children}</p>}
    {actions && <div className="mt-6 flex flex-wrap justify-center gap-2">{actions}</div>}
  </div>
);
