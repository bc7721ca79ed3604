/** How each kind of content is read; null for what no message of the wire says by itself. */
import type { MessageKind } from '@trunkline/contracts';
import { readAnswer } from './kinds/answer.js';
import { readAudio } from './kinds/audio.js';
import { readChoice } from './kinds/choice.js';
import { readChoices } from './kinds/choices.js';
import { readContacts } from './kinds/contacts.js';
import { readDelete } from './kinds/delete.js';
import { readDocument } from './kinds/document.js';
import { readEdit } from './kinds/edit.js';
import { readEvent } from './kinds/event.js';
import { readGif } from './kinds/gif.js';
import { readImage } from './kinds/image.js';
import type { Reader } from './kinds/kind.js';
import { readLiveLocation } from './kinds/live.location.js';
import { readLocation } from './kinds/location.js';
import { readKeep, readPin } from './kinds/pin.js';
import { readPoll } from './kinds/poll.js';
import { readReaction } from './kinds/reaction.js';
import { readSticker } from './kinds/sticker.js';
import { readText } from './kinds/text.js';
import { readUnsupported } from './kinds/unsupported.js';
import { readVote } from './kinds/vote.js';
import { readVideo } from './kinds/video.js';
import { readVoice } from './kinds/voice.js';

/** In the order in which they are asked: the last takes whatever is left. */
export const READERS: { [K in MessageKind]: Reader<K> | null } = {
  text: readText,
  image: readImage,
  gif: readGif,
  video: readVideo,
  voice: readVoice,
  audio: readAudio,
  document: readDocument,
  sticker: readSticker,
  location: readLocation,
  live_location: readLiveLocation,
  contacts: readContacts,
  poll: readPoll,
  vote: readVote,
  answer: readAnswer,
  reaction: readReaction,
  edit: readEdit,
  delete: readDelete,
  pin: readPin,
  keep: readKeep,
  choices: readChoices,
  choice: readChoice,
  event: readEvent,
  call: null,
  gone: null,
  unsupported: readUnsupported,
};
