/** How each kind of content is written; null for what is only read. */
import type { MessageKind } from '@trunkline/contracts';
import { writeContacts } from './kinds/contacts.js';
import { writeDelete } from './kinds/delete.js';
import { writeEdit } from './kinds/edit.js';
import type { Writer } from './kinds/kind.js';
import { writeLocation } from './kinds/location.js';
import { writePoll } from './kinds/poll.js';
import { writeReaction } from './kinds/reaction.js';
import { writeText } from './kinds/text.js';
import { writeVote } from './kinds/vote.js';

export const WRITERS: { [K in MessageKind]: Writer<K> | null } = {
  text: writeText,
  location: writeLocation,
  contacts: writeContacts,
  poll: writePoll,
  vote: writeVote,
  reaction: writeReaction,
  edit: writeEdit,
  delete: writeDelete,
  live_location: null,
  choices: null,
  choice: null,
  event: null,
  call: null,
  gone: null,
  unsupported: null,
};
