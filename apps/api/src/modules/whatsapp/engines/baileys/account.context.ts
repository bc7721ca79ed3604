/** What the parts of one session share. */
import type { AuthenticationCreds, WASocket } from 'baileys';
import type { SessionJournal } from '../../sessions/journal.js';
import type { Wire } from './connection/wire.js';
import type { People } from './people.js';
import type { SignalRepository } from './signal/signal.repository.js';

export interface AccountContext {
  journal: SessionJournal;
  /** Live: Baileys changes it in place. */
  creds: AuthenticationCreds;
  signal: SignalRepository;
  people: People;
  wire: Wire;
  socket: WASocket;
}
