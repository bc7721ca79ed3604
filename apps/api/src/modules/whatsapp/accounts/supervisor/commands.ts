/** What people ask, run by the owner of the account. Each is safe to run twice; the answer is written with what it changed. */
import { ProblemError } from '../../../../errors/problem.js';
import type { Answer, Command, Verb } from '../../../cluster/commands/command.js';
import { takeNumber } from '../account.repository.js';
import { generationOpens } from '../../sessions/generation.repository.js';
import { LeaseLostError } from '../../sessions/account.journal.js';
import { phoneDigits } from '../../jid.js';
import { type AccountEvent, refusal } from '../machine/account.machine.js';
import { phoneNumberTaken } from '../number.taken.js';
import { doChatAct } from './chat.acts.js';
import { doProfileAct } from './profile.acts.js';
import type { AccountSupervisor } from './account.supervisor.js';

export async function runCommand(account: AccountSupervisor, command: Command): Promise<Answer> {
  try {
    if (account.gone) throw deleted();
    const answer = await (VERBS[command.verb] as Run<Verb>)(account, command);
    return { ok: true, ...answer };
  } catch (error) {
    // The next owner finds the command open and runs it again.
    if (account.ended || error instanceof LeaseLostError) throw error;
    if (error instanceof ProblemError) return { ok: false, code: error.code, message: error.message };
    account.parts.log.error({ error, verb: command.verb }, 'a command failed');
    return { ok: false, code: 'internal', message: 'The command failed for a reason that nobody foresaw.' };
  }
}

type Run<V extends Verb> = (account: AccountSupervisor, command: Command<V>) => Promise<object | void>;

const VERBS: { [V in Verb]: Run<V> } = {
  initialize: async (account) => apply(account, { type: 'initialize' }),
  disconnect: async (account) => apply(account, { type: 'disconnect' }),
  reset: async (account) => apply(account, { type: 'reset' }),
  logout: async (account) => apply(account, { type: 'logout' }),
  'restore-session': async (account, { input }) => {
    const { store, vault, journal } = account.parts;
    if (!(await generationOpens(store.pool, vault, account.row.id, input.generationId))) {
      throw new ProblemError('session_invalid', 'This saved state cannot be read any more. Choose another.');
    }
    apply(account, { type: 'restore', generationId: input.generationId });
    // What is opened next reads the session from the database.
    await journal.settled();
    apply(account, { type: 'initialize' });
  },
  remove: async (account) => {
    apply(account, { type: 'reset' });
    account.removed();
  },
  'accept-number': async (account) => {
    const { conflictPhoneNumber } = account.row;
    const other = conflictPhoneNumber && (await account.otherWithNumber(conflictPhoneNumber));
    if (other) throw phoneNumberTaken(other);
    apply(account, { type: 'accept-number' });
  },
  'refuse-number': async (account) => apply(account, { type: 'refuse-number' }),
  'find-number': async (account) => apply(account, { type: 'look-for-number' }),
  check: async (account) => account.check(),
  trace: async (account, { input }) => account.trace.start(input.traceId, new Date(input.until)),
  show: (account, { input }) => account.presence().show(input.chat, input.doing),
  'read-marks': (account, { input }) => account.presence().read(input.chat, input.messages),
  chat: (account, { input }) => doChatAct(account.chats(), input),
  profile: (account, { input }) =>
    doProfileAct(account.profile(), input, {
      library: account.parts.media.library,
      record: (step) => account.parts.journal.write('profile', step),
    }),
  watch: (account, { input }) => account.presence().watch(input.person),
  proxy: async (account, { input }) => {
    account.parts.journal.write('proxy', input);
    // Before anything is opened: the next connection reads what is settled.
    await account.parts.journal.settled();
    apply(account, { type: 'line-changed' });
  },
  'line-changed': async (account) => apply(account, { type: 'line-changed' }),
  'cancel-messages': (account, { input }) => {
    if (account.ended) throw new LeaseLostError();
    return account.cancelMessages(input);
  },
  phone: async (account, { input }) => {
    // No state that was written before may come after the number.
    await account.parts.journal.settled();
    if (account.ended) throw new LeaseLostError();
    const { store, journal } = account.parts;
    const number = await takeNumber(store, journal.lease, input.phoneNumber);
    if (number === 'lost') throw new LeaseLostError();
    if (number === 'taken') throw phoneNumberTaken(await account.otherWithNumber(input.phoneNumber));
    apply(account, { type: 'phone', phoneNumber: input.phoneNumber });
  },
  'pairing-code': async (account, { input }) => {
    const event: AccountEvent = { type: 'initialize', pairByCode: phoneDigits(input.phone) };
    check(account, event);
    account.secrets.refuse('A newer one was asked for.');
    const code = account.secrets.code();
    apply(account, event);
    return code;
  },
};

const deleted = () => new ProblemError('not_found', 'There is no such account.');

function apply(account: AccountSupervisor, event: AccountEvent): void {
  check(account, event);
  account.apply(event);
}

/** Throws when it cannot be taken: by this owner any more, or by the account as it is. */
function check(account: AccountSupervisor, event: AccountEvent): void {
  if (account.ended) throw new LeaseLostError();
  // Meanwhile: what is asked in one moment is run side by side.
  if (account.gone) throw deleted();
  const refused = refusal(account.row, event);
  if (refused) throw new ProblemError(refused.code, refused.message);
}
