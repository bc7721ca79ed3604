'use client';

import { Menu } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Sheet, SheetContent, SheetTrigger } from '@/components/ui/sheet';
import { ConnectionStatus } from '@/components/whatsapp/ConnectionStatus';
import { Logo } from './Logo';
import { NavLinks } from './NavLinks';
import { Version } from './Sidebar';
import { ThemeSwitch } from './ThemeSwitch';
import { UserMenu } from './UserMenu';

export function Header() {
  return (
    <header className="sticky top-0 z-30 flex h-14 shrink-0 items-center gap-2 border-b bg-surface/90 px-3 backdrop-blur-md md:px-6">
      <PhoneNav />
      <div className="ms-auto flex items-center gap-1.5">
        <ConnectionStatus />
        <span aria-hidden className="mx-1 hidden h-5 w-px bg-line sm:block" />
        <ThemeSwitch />
        <UserMenu />
      </div>
    </header>
  );
}

function PhoneNav() {
  const t = useTranslations('nav');
  const [open, setOpen] = useState(false);
  return (
    <div className="flex items-center gap-2 md:hidden">
      <Sheet open={open} onOpenChange={setOpen}>
        <SheetTrigger asChild>
          <Button variant="ghost" size="icon" aria-label={t('open')}>
            <Menu />
          </Button>
        </SheetTrigger>
        <SheetContent edge="start" title="Trunkline">
          <div className="flex-1 overflow-y-auto py-4">
            <NavLinks onNavigate={() => setOpen(false)} />
          </div>
          <Version />
        </SheetContent>
      </Sheet>
      <Logo className="size-6" />
    </div>
  );
}
