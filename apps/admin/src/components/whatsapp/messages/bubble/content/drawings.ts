import type { MessageKind } from '@trunkline/contracts';
import { CallView } from './CallView';
import { ChoicesView } from './ChoicesView';
import { ContactsView } from './ContactsView';
import type { Drawing } from './drawing';
import { EventView } from './EventView';
import { GoneView } from './GoneView';
import { LocationView } from './LocationView';
import { MediaView } from './MediaView';
import { PollView } from './PollView';
import { ChoiceView, TextView } from './TextView';
import { UnsupportedView } from './UnsupportedView';

/** One for each kind; null for what is drawn on the message that it changes. */
export const DRAWINGS: { [K in MessageKind]: Drawing<K> | null } = {
  text: TextView,
  image: MediaView,
  video: MediaView,
  gif: MediaView,
  audio: MediaView,
  voice: MediaView,
  document: MediaView,
  sticker: MediaView,
  location: LocationView,
  live_location: LocationView,
  contacts: ContactsView,
  poll: PollView,
  vote: null,
  answer: null,
  reaction: null,
  edit: null,
  delete: null,
  pin: null,
  keep: null,
  choices: ChoicesView,
  choice: ChoiceView,
  event: EventView,
  call: CallView,
  gone: GoneView,
  unsupported: UnsupportedView,
};
