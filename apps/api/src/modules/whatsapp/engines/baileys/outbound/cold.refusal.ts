/**
 * Why the server answered 463. It has two causes, and says neither: the account may write to nobody new for a time
 * (a reach-out time-lock), or this contact has given it no token that is valid. The account's standing is asked for by a
 * query of its own; where that is not answered, a message that carried a valid token was not refused for want of one.
 */
import { getBinaryNodeChild, type BinaryNode } from 'baileys';
import { SERVER, type Wire } from '../connection/wire.js';
import type { Refusal } from '../../engine.js';

/** Of WhatsApp's web client, as Baileys 7.0.0-rc14 has it (`QueryIds.REACHOUT_TIMELOCK`). */
const TIME_LOCK_QUERY = '23983697327930364';
const PATIENCE_MS = 5_000;

interface Standing {
  is_active?: boolean;
  /** Seconds since 1970, as text; `0` or missing: not told. */
  time_enforcement_ends?: string;
}

export async function explainCold(wire: Pick<Wire, 'ask'>, refusal: Refusal, hadToken: boolean): Promise<Refusal> {
  const answer = await wire.ask(standingQuery(), PATIENCE_MS);
  const standing = answer.ok ? readStanding(answer.node) : undefined;
  const locked = standing ? standing.is_active === true : hadToken;
  if (!locked) return { ...refusal, code: 'contact_token_missing' };
  const until = Number(standing?.time_enforcement_ends) * 1000 || undefined;
  return { ...refusal, code: 'reach_out_time_lock', ...(until ? { until } : {}) };
}

function standingQuery(): BinaryNode {
  const content = Buffer.from(JSON.stringify({ variables: {} }));
  return {
    tag: 'iq',
    attrs: { to: SERVER, type: 'get', xmlns: 'w:mex' },
    content: [{ tag: 'query', attrs: { query_id: TIME_LOCK_QUERY }, content }],
  };
}

/** Undefined for an answer of another shape: it says nothing. */
function readStanding(answer: BinaryNode): Standing | undefined {
  const content = getBinaryNodeChild(answer, 'result')?.content;
  if (content === undefined || Array.isArray(content)) return undefined;
  try {
    const told = JSON.parse(Buffer.from(content).toString()) as { data?: Record<string, Standing | null> };
    return told.data?.xwa2_fetch_account_reachout_timelock ?? undefined;
  } catch {
    return undefined;
  }
}
