/** `w:mex`: queries in JSON by a number. Of these an account's standing and a channel's name are known; the others are answered empty. */
import { bytesOf, child, node } from '../../protocol/node.js';
import { seconds } from '../services.js';
import { QueryError, type Answer, type Query } from './query.js';

const TIME_LOCK = '23983697327930364';

const CHANNEL = '6563316087068696';

export function standing({ iq, device, services }: Query): Answer {
  const asked = child(iq, 'query');
  if (!asked || !bytesOf(asked)) throw new QueryError(400, 'bad-request');
  if (asked.attrs.query_id === CHANNEL) return [result(channelOf(services, bytesOf(asked)!))];
  if (asked.attrs.query_id !== TIME_LOCK) return [result({})];
  const lock = services.faults.lasting(device.user.pn, 'time-lock');
  const ends = lock ? seconds(services.clock) + lock.seconds : 0;
  const told = { is_active: lock !== undefined, time_enforcement_ends: String(ends), enforcement_type: 'DEFAULT' };
  return [result({ xwa2_fetch_account_reachout_timelock: told })];
}

const result = (data: object) => node('result', {}, Buffer.from(JSON.stringify({ data })));

/** As far as it is known here: who it is, and what it is called. */
function channelOf({ channels }: Query['services'], asked: Uint8Array): object {
  const { variables } = JSON.parse(Buffer.from(asked).toString()) as { variables?: { input?: { key?: string } } };
  const id = variables?.input?.key ?? '';
  const name = channels.nameOf(id);
  if (name === undefined) return { xwa2_newsletter: null };
  return { xwa2_newsletter: { id, state: { type: 'ACTIVE' }, thread_metadata: { name: { text: name } } } };
}
