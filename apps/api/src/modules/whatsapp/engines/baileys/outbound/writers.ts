/** How each kind of content is written; null for what is only read. */
import type { MessageKind } from '@trunkline/contracts';
import { writeAnswer } from './kinds/answer.js';
import { writeAudio } from './kinds/audio.js';
import { writeContacts } from './kinds/contacts.js';
import { writeDelete } from './kinds/delete.js';
import { writeDocument } from './kinds/document.js';
import { writeEdit } from './kinds/edit.js';
import { writeEvent } from './kinds/event.js';
import { writeGif } from './kinds/gif.js';
import { writeImage } from './kinds/image.js';
import type { Writer } from './kinds/kind.js';
import { writeLocation } from './kinds/location.js';
import { writePoll } from './kinds/poll.js';
import { writeReaction } from './kinds/reaction.js';
import { writeSticker } from './kinds/sticker.js';
import { writeText } from './kinds/text.js';
import { writeVote } from './kinds/vote.js';
import { writeVideo } from './kinds/video.js';
import { writeVoice } from './kinds/voice.js';

export const WRITERS: { [K in MessageKind]: Writer<K> | null } = {
  text: writeText,
  image: writeImage,
  video: writeVideo,
  gif: writeGif,
  audio: writeAudio,
  voice: writeVoice,
  document: writeDocument,
  sticker: writeSticker,
  location: writeLocation,
  contacts: writeContacts,
  poll: writePoll,
  vote: writeVote,
  answer: writeAnswer,
  reaction: writeReaction,
  edit: writeEdit,
  delete: writeDelete,
  pin: null,
  keep: null,
  live_location: null,
  choices: null,
  choice: null,
  event: writeEvent,
  call: null,
  gone: null,
  unsupported: null,
};
