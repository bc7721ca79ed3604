'use client';

import type { SendContent } from '@trunkline/contracts';
import { ChartNoAxesColumn, Contact, MapPin, Plus } from 'lucide-react';
import { useState, type ComponentType } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Dropdown, DropdownContent, DropdownItem, DropdownTrigger } from '@/components/ui/dropdown';
import { ContactForm } from './ContactForm';
import { LocationForm } from './LocationForm';
import { PollForm } from './PollForm';

export interface AttachFormProps {
  onSend: (content: SendContent) => void;
}

const FORMS = {
  location: { icon: MapPin, form: LocationForm },
  contacts: { icon: Contact, form: ContactForm },
  poll: { icon: ChartNoAxesColumn, form: PollForm },
} satisfies Record<string, { icon: ComponentType; form: ComponentType<AttachFormProps> }>;
type Attachable = keyof typeof FORMS;

/** What can be sent besides a text. */
export function AttachMenu({ onSend }: AttachFormProps) {
  const t = useTranslations('messages');
  const [open, setOpen] = useState<Attachable | null>(null);
  const Form = open && FORMS[open].form;
  const send = (content: SendContent) => {
    onSend(content);
    setOpen(null);
  };
  return (
    <>
      <Dropdown>
        <DropdownTrigger asChild>
          <Button variant="ghost" size="icon" className="size-10 rounded-full" aria-label={t('attach')}>
            <Plus />
          </Button>
        </DropdownTrigger>
        <DropdownContent side="top" align="start">
          {(Object.keys(FORMS) as Attachable[]).map((kind) => {
            const Icon = FORMS[kind].icon;
            return (
              <DropdownItem key={kind} onSelect={() => setOpen(kind)}>
                <Icon aria-hidden />
                {t(`kind.${kind}`)}
              </DropdownItem>
            );
          })}
        </DropdownContent>
      </Dropdown>
      <Dialog open={open !== null} onOpenChange={() => setOpen(null)}>
        {open && Form && (
          <DialogContent title={t(`kind.${open}`)}>
            <Form onSend={send} />
          </DialogContent>
        )}
      </Dialog>
    </>
  );
}
