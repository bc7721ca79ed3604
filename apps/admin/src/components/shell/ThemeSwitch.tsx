'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import {
  Dropdown,
  DropdownContent,
  DropdownRadioGroup,
  DropdownRadioItem,
  DropdownTrigger,
} from '@/components/ui/dropdown';

const themes = [
  { name: 'light', icon: Sun },
  { name: 'dark', icon: Moon },
  { name: 'system', icon: Monitor },
] as const;

/** Both icons are in the page and the theme's class shows one: the server cannot know which. */
export function ThemeSwitch() {
  const t = useTranslations('theme');
  const { theme, setTheme } = useTheme();
  return (
    <Dropdown>
      <DropdownTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={t('label')}>
          <Sun className="dark:hidden" />
          <Moon className="hidden dark:block" />
        </Button>
      </DropdownTrigger>
      <DropdownContent align="end">
        <DropdownRadioGroup value={theme} onValueChange={setTheme}>
          {themes.map(({ name, icon: Icon }) => (
            <DropdownRadioItem key={name} value={name}>
              <Icon aria-hidden />
              {t(name)}
            </DropdownRadioItem>
          ))}
        </DropdownRadioGroup>
      </DropdownContent>
    </Dropdown>
  );
}
