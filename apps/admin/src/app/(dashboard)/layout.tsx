import type { ReactNode } from 'react';
import { Content } from '@/components/shell/Content';
import { Header } from '@/components/shell/Header';
import { KeyBanner } from '@/components/shell/KeyBanner';
import { LiveToasts } from '@/components/shell/LiveToasts';
import { SessionGuard } from '@/components/shell/SessionGuard';
import { Sidebar } from '@/components/shell/Sidebar';
import { SkipLink } from '@/components/shell/SkipLink';
import { ViewerNote } from '@/components/shell/ViewerNote';
import { LiveProvider } from '@/lib/live/LiveProvider';

export default function DashboardLayout({ children }: { children: ReactNode }) {
  return (
    <SessionGuard>
      <LiveProvider>
        <SkipLink />
        <div className="flex min-h-dvh">
          <Sidebar />
          <div className="flex min-w-0 flex-1 flex-col">
            <Header />
            <ViewerNote />
            <KeyBanner />
            <Content>{children}</Content>
          </div>
        </div>
        <LiveToasts />
      </LiveProvider>
    </SessionGuard>
  );
}
