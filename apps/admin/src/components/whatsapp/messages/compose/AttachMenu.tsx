'use client';

import type { SendContent } from '@trunkline/contracts';
import { CalendarDays, ChartNoAxesColumn, Contact, MapPin, Paperclip, Plus } from 'lucide-react';
import { useRef, useState, type ComponentType } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Dropdown, DropdownContent, DropdownItem, DropdownSeparator, DropdownTrigger } from '@/components/ui/dropdown';
import { FileInput } from '../attach/FileInput';
import type { Offered } from '../attach/offered';
import { ContactForm } from './ContactForm';
import { EventForm } from './EventForm';
import { LocationForm } from './LocationForm';
import { PollForm } from './PollForm';

export interface AttachFormProps {
  onSend: (content: SendContent) => void;
}

const FORMS = {
  location: { icon: MapPin, form: LocationForm },
  contacts: { icon: Contact, form: ContactForm },
  poll: { icon: ChartNoAxesColumn, form: PollForm },
  event: { icon: CalendarDays, form: EventForm },
} satisfies Record<string, { icon: ComponentType; form: ComponentType<AttachFormProps> }>;
type Attachable = keyof typeof FORMS;

interface AttachMenuProps extends AttachFormProps {
  onFiles: (given: Offered) => void;
}

/** What can be sent besides a text. */
export function AttachMenu({ onSend, onFiles }: AttachMenuProps) {
  const t = useTranslations('messages');
  const files = useTranslations('files');
  const chooser = useRef<HTMLInputElement>(null);
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
          <DropdownItem onSelect={() => chooser.current?.click()}>
            <Paperclip aria-hidden />
            {files('attach')}
          </DropdownItem>
          <DropdownSeparator />
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
      <FileInput ref={chooser} onOffer={onFiles} />
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
