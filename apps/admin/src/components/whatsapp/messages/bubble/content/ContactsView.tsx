'use client';

import { Initials } from '@/components/shell/Initials';
import { PhoneNumber } from '../../../PhoneNumber';
import type { Drawing } from './drawing';

export const ContactsView: Drawing<'contacts'> = ({ content: { contacts } }) => (
  <ul className="grid min-w-56 gap-2 py-1">
    {contacts.map(({ name, organisation, phones, emails }, index) => (
      <li key={index} className="flex items-start gap-3">
        <Initials name={name} className="size-10" />
        <div className="min-w-0 flex-1">
          <p className="font-medium break-words">
            <bdi>{name}</bdi>
          </p>
          {organisation && (
            <p className="text-[0.8125rem] text-ink-soft">
              <bdi>{organisation}</bdi>
            </p>
          )}
          {phones.map((phone) => (
            <p key={phone} className="tabular text-[0.8125rem] text-ink-soft">
              {/^\+\d{7,15}$/.test(phone) ? <PhoneNumber value={phone} /> : <bdi>{phone}</bdi>}
            </p>
          ))}
          {emails?.map((email) => (
            <p key={email} className="text-[0.8125rem] break-all text-ink-soft">
              <bdi>{email}</bdi>
            </p>
          ))}
        </div>
      </li>
    ))}
  </ul>
);
