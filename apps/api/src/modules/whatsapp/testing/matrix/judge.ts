/** Whether what was to follow did follow; each throws with a sentence when it did not. */
import type { AccountState, Reason, UserAction } from '@trunkline/contracts';
import { type Expectation } from '../../accounts/faults/expectation.js';
import { PARTING, UNLINKED } from '../../accounts/faults/phase.js';
import type { Cell } from './cell.js';
import { ctx, fits } from './matrix.world.js';

type Kind = Expectation['kind'];
type Of<K extends Kind> = Expectation & { kind: K };

/** A deaf connection is found within this time (turned seconds). */
const DEAF_SECONDS = 45;
const QUIET_SECONDS = 60;
const PHONE_AWAY_MS = 3 * 86_400_000;
/** Longer waits are not gone through second by second. */
const LONG_SECONDS = 300;

export const JUDGES: { [K in Exclude<Kind, 'never' | 'open' | 'resumed'>]: (cell: Cell, e: Of<K>) => Promise<void> } = {
  async unnoticed(cell) {
    await reachesGoal(cell);
    // What comes back, comes back without the phone.
    if (cell.fault === 'phone-offline') await cell.world.leap(PHONE_AWAY_MS, isOnline(cell) ? [cell.id] : []);
    else if (!cell.strike.real) await cell.world.pass(QUIET_SECONDS);
    if (!cell.strike.everybody) await saysNothing(cell);
    await cell.end();
    await reachesGoal(cell);
  },
  async again(cell) {
    await cell.world.until('a new connection', async () => cell.world.engine.opened(cell.id) > cell.opened);
    await cell.end();
    await reachesGoal(cell);
  },
  async retried(cell, { status, reason, orReason }) {
    const shown = await isTold(cell, { status }, [reason, orReason]);
    if (!['connecting', 'reconnecting'].includes(shown.connection)) throw new Error(`shown as ${shown.connection}`);
    const seconds = cell.world.seconds - cell.struckAt;
    if (reason === 'deaf' && seconds > DEAF_SECONDS) throw new Error(`found after ${seconds} s`);
    await cell.end();
    await reachesGoal(cell);
  },
  async waits(cell, { status, reason, userAction }) {
    const shown = await cell.world.reaches(cell.id, { status, reason, userAction, connection: 'offline' });
    if (!shown.nextAttemptAt) throw new Error('nobody knows when it is tried again');
    await isQuiet(cell);
    await cell.end();
    const seconds = (Date.parse(shown.nextAttemptAt) - Date.now()) / 1_000;
    if (seconds > LONG_SECONDS) await cell.world.leap(seconds * 1_000);
    else if (seconds > 0) await cell.world.pass(seconds);
    await reachesGoal(cell);
  },
  async asks(cell, { status, reason, userAction }) {
    const wanted = { status, reason, userAction, wanted: 'offline', connection: 'offline', deadline: null } as const;
    await cell.world.reaches(cell.id, wanted);
    await isQuiet(cell);
    await cell.end();
    await EXITS[userAction]!(cell);
  },
  async over(cell) {
    const reason = cell.phase === 'resetting' ? 'reset_by_user' : 'logged_out';
    await cell.world.reaches(cell.id, { status: 'inactive', connection: 'offline', reason });
    if (cell.phase === 'resetting') {
      await cell.world.until('its goodbye', async () => cell.world.engine.goodbyes(cell.id) > cell.goodbyes);
    }
    await isQuiet(cell);
    await cell.end();
    await anew(cell);
  },
};

/** What each offered action leads to: nobody who follows it is left where they were. */
const EXITS: Partial<Record<UserAction, (cell: Cell) => Promise<void>>> = {
  retry_initialize: anew,
  scan_qr: anew,
  take_over: back,
  reconnect: back,
  contact_whatsapp: async (cell) => {
    await cell.world.control.liftBan(cell.number).catch(() => undefined); // A login that was refused banned nobody.
    await back(cell);
  },
};

async function anew(cell: Cell): Promise<void> {
  await cell.world.accounts.initialize(ctx, cell.id);
  await cell.world.reaches(cell.id, { status: 'warming', reason: 'none' });
  await cell.world.qr(cell.id);
}

async function back(cell: Cell): Promise<void> {
  await cell.world.accounts.initialize(ctx, cell.id);
  await cell.world.online(cell.id);
}

const isOnline = ({ phase }: Cell): boolean => !PARTING.has(phase) && !UNLINKED.has(phase);

async function reachesGoal(cell: Cell): Promise<void> {
  const { world, id, phase } = cell;
  if (PARTING.has(phase)) return;
  if (!UNLINKED.has(phase)) await world.online(id);
  else if (phase === 'code') await showsAnything(cell);
  else {
    await world.qr(id);
    await world.reaches(id, { status: 'warming', reason: 'none' });
  }
  if (phase === 'sending') await isSeenOnce(cell);
}

/** After an interruption the code is gone, and a QR stands in its place. */
async function showsAnything({ world, id }: Cell): Promise<void> {
  await world.until('a QR or a code', async () => {
    const { rows } = await world.store.pool.query(`select from mkt_wap_secrets where account_id = $1`, [id]);
    return rows.length > 0;
  });
  await world.reaches(id, { status: 'warming', reason: 'none' });
}

async function isSeenOnce({ world, person, text }: Cell): Promise<void> {
  const seen = await world.until('the message', async () => {
    const { items } = await world.control.seen(person!);
    return items.length > 0 && items;
  });
  if (seen.length !== 1 || seen[0]!.text !== text) throw new Error(`a person saw ${seen.length} messages`);
  const { counts } = await world.control.getPerson(person!);
  if (counts.reused + counts.unreadable > 0) throw new Error('a counter was used twice, or a message was unreadable');
}

/** What is being done about it is shown with it. */
const isRetried = ({ phase }: Cell, { attempt, nextAttemptAt }: AccountState): boolean =>
  attempt > (phase === 'reconnecting' ? 1 : 0) && nextAttemptAt !== null;

function isTold(
  cell: Cell,
  wanted: Partial<AccountState>,
  reasons: readonly (Reason | undefined)[],
): Promise<AccountState> {
  return cell.world.until(`${wanted.status} with ${reasons.join(' ')}`, async () =>
    (await cell.world.told(cell.id))
      .slice(cell.mark)
      .find((state) => fits(state, wanted) && reasons.includes(state.reason) && isRetried(cell, state)),
  );
}

async function saysNothing(cell: Cell): Promise<void> {
  const troubled = (await cell.world.told(cell.id)).slice(cell.mark).find(({ reason }) => reason !== 'none');
  if (troubled && cell.phase !== 'reconnecting') throw new Error(`it was told: ${troubled.reason}`);
}

async function isQuiet({ world, id }: Cell): Promise<void> {
  await world.until('the end of its engine', async () => world.engine.live(id) === 0, 120);
}
