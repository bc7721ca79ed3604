'use client';

import type { Chat } from '@trunkline/contracts';
import { PhoneNumber } from '../PhoneNumber';

/** The server names a person without a name by the bare number; it is grouped here for the eye. */
export const ChatTitle = ({ chat }: { chat: Chat }) =>
  chat.phoneNumber !== null && chat.title === chat.phoneNumber ? (
    <PhoneNumber value={chat.phoneNumber} />
  ) : (
    <bdi>{chat.title}</bdi>
  );
