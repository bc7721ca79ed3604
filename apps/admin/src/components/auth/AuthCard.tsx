import type { ReactNode } from 'react';
import { Logo } from '@/components/shell/Logo';
import { Card } from '@/components/ui/card';

interface AuthCardProps {
  title: string;
  lead: ReactNode;
  children: ReactNode;
}

export const AuthCard = ({ title, lead, children }: AuthCardProps) => (
  <main className="grid min-h-dvh place-items-center px-4 py-10">
    <div className="w-full max-w-sm">
      <Logo className="mx-auto mb-5 size-11" />
      <h1 className="text-center text-xl font-semibold tracking-tight">{title}</h1>
      <p className="mb-6 mt-1.5 text-balance text-center text-ink-soft">{lead}</p>
      <Card className="p-6">{children}</Card>
    </div>
  </main>
);
