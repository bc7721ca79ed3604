import type { EngineEvent } from '../../engines/engine.js';
import type { AccountJournal } from '../../sessions/account.journal.js';

/** What an engine says that becomes rows and changes nothing about how the account lives. */
export type HeardRecord = Extract<
  EngineEvent,
  {
    type:
      | 'message'
      | 'message-read'
      | 'receipt'
      | 'ephemeral'
      | 'post'
      | 'channel'
      | 'older-messages'
      | 'chat-marked'
      | 'starred'
      | 'blocked'
      | 'blocklist'
      | 'picture-changed'
      | 'about-changed'
      | 'people'
      | 'group-left';
  }
>;

/** Into the journal, in the step in which it was said. What makes rows of it is named in `account.writers.ts`. */
export function writeHeard(journal: Pick<AccountJournal, 'write'>, event: HeardRecord): void {
  switch (event.type) {
    case 'message':
      return journal.write('inbound', event.message);
    case 'post':
      return journal.write('post', event.post);
    case 'blocklist':
      return journal.write('blocklist', event.people);
    case 'people':
      return journal.write('people', event.people);
    case 'group-left':
      return journal.write('group-left', event.group);
    case 'picture-changed':
    case 'about-changed':
      return journal.write('profile', event);
    case 'receipt':
      return journal.write('receipt', event);
    case 'ephemeral':
      return journal.write('ephemeral', event);
    case 'channel':
      return journal.write('channel', event);
    case 'message-read':
      return journal.write('message-read', event);
    case 'older-messages':
      return journal.write('older-messages', event);
    case 'chat-marked':
      return journal.write('chat-marked', event);
    case 'starred':
      return journal.write('starred', event);
    case 'blocked':
      return journal.write('blocked', event);
  }
}
