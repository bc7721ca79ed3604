/**
 * Faults that the network commits on command (protocol.md B.9). Only zod in here: a page in a browser may import it.
 *
 * A fault waits for its moment: an account, in a phase, where its effect can happen. Then a die is thrown
 * (`probability`), and after `count` times the fault is spent. An effect on the connection (close, stream error, …)
 * strikes when a connection enters the phase, and at once where one is in it already.
 */
import { z } from 'zod';

/**
 * `connecting`: from the upgrade to `success` or `failure`. `pairing`: a QR or code is shown. `scanned`: the phone has
 * answered, the client has not yet proved itself and left. `first-sync`: the first login after linking, until the
 * client has fetched app state or sent something, 20 s at most. `online`: logged in after that. `sending`: the client
 * has just handed in a message; an effect on the connection strikes after the message was taken and acked or not.
 * `leaving`: the client has asked to be unlinked; an effect on the connection strikes before it is.
 */
export const faultPhases = ['connecting', 'pairing', 'scanned', 'first-sync', 'online', 'sending', 'leaving'] as const;
export type FaultPhase = (typeof faultPhases)[number];

const status = z.number().int().min(200).max(599);
const xmlns = z.string().min(1).max(100);
const milliseconds = z.number().int().min(0).max(600_000);
const transfer = z.enum(['upload', 'download']);
const flaw = z.enum(['root-signature', 'leaf-signature', 'leaf-key', 'expired', 'issuer']);

/**
 * - `upgrade`: the HTTP upgrade is answered with this status instead of 101; without one it is never answered.
 * - `no-server-hello`: silence after the ClientHello. `bad-certificate`: a chain with this flaw.
 * - `least-version`: clients older than this get failure 405.
 * - `failure`: `<failure reason …/>`; `attributes` as a ban carries them (`code`, `expire`, `logout_message_header`).
 * - `stream-error`: with a code, a conflict, or a child of any name. `end-stream`: `<xmlstreamend/>`.
 * - `close`: the WebSocket closes with this code; `reset`: the TCP connection is cut off.
 * - `black-hole`: the connection stays open, nothing is read or answered, WebSocket pings neither.
 * - `half-open`: the same to the client, and the network has forgotten the connection: what is meant for it waits.
 * - `deaf`: pings are answered; queries, messages and receipts are not, and nothing is delivered.
 * - `garbage-frame`: a frame that does not decrypt.
 * - `passkey`: who scans the QR or types the code is asked for a passkey, as the companion is told; the link ends there.
 * - `unanswered`: queries of this namespace (all but pings, without one) get no answer; `refuse-query`: an error.
 * - `time-lock`: while it stands, the account may write only to people who have written to it; other messages are refused
 *   with 463, and the account's standing (`w:mex`) says for how many more seconds. Never spent.
 * - `nack`: the message is refused with this code. `lost-ack`: taken and delivered, no ack. `lost-message`: neither.
 * - `duplicate-delivery`: the account gets a stanza twice.
 * - `altered-delivery`: the account gets a message that nobody can decrypt; `altered-message`: so do those it writes to.
 *   Whoever gets one asks for it again by a retry receipt.
 * - `hidden-number`: while it stands, the account's own devices are not told its number: `usync` about itself leaves it
 *   out, and what its phone and its other devices say comes from the LID. (Groups addressed by number still show it.)
 *   With a companion that was linked by LID only, the number comes late, when the fault is cleared, or never.
 * - `media-status`: an upload or a download is answered with this status (404, 403 and 410 mean gone; 507 full).
 * - `media-cut`: the line of a transfer is cut at half. `media-slow`: no faster than this. `media-altered`: what is
 *   downloaded is not what was uploaded. Who downloads is not known to a media host: only faults for any account strike.
 * - `latency`: every frame of the account, in both directions, waits; order is kept. Never spent.
 */
export const faultEffect = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('upgrade'), status: status.optional() }),
  z.object({ kind: z.literal('no-server-hello') }),
  z.object({ kind: z.literal('bad-certificate'), flaw }),
  z.object({ kind: z.literal('least-version'), version: z.tuple([z.number(), z.number(), z.number()]) }),
  z.object({
    kind: z.literal('failure'),
    reason: z.number().int().optional(),
    attributes: z.record(z.string(), z.string()).optional(),
  }),
  z.object({
    kind: z.literal('stream-error'),
    code: z.number().int().optional(),
    conflict: z.enum(['replaced', 'device_removed']).optional(),
    child: z.string().min(1).max(50).optional(),
  }),
  z.object({ kind: z.literal('end-stream') }),
  z.object({ kind: z.literal('close'), code: z.number().int().min(1000).max(4999).optional() }),
  z.object({ kind: z.literal('reset') }),
  z.object({ kind: z.literal('black-hole') }),
  z.object({ kind: z.literal('half-open') }),
  z.object({ kind: z.literal('deaf') }),
  z.object({ kind: z.literal('garbage-frame') }),
  z.object({ kind: z.literal('passkey') }),
  z.object({ kind: z.literal('unanswered'), xmlns: xmlns.optional() }),
  z.object({
    kind: z.literal('refuse-query'),
    xmlns: xmlns.optional(),
    code: z.number().int(),
    text: z.string().max(100).optional(),
  }),
  z.object({ kind: z.literal('time-lock'), seconds: z.number().int().min(1).max(31_536_000) }),
  z.object({ kind: z.literal('nack'), code: z.number().int() }),
  z.object({ kind: z.literal('lost-ack') }),
  z.object({ kind: z.literal('lost-message') }),
  z.object({ kind: z.literal('duplicate-delivery') }),
  z.object({ kind: z.literal('altered-delivery') }),
  z.object({ kind: z.literal('altered-message') }),
  z.object({ kind: z.literal('hidden-number') }),
  z.object({ kind: z.literal('media-status'), transfer, status }),
  z.object({ kind: z.literal('media-cut'), transfer }),
  z.object({ kind: z.literal('media-slow'), transfer, bytesPerSecond: z.number().int().min(100) }),
  z.object({ kind: z.literal('media-altered'), transfer: z.literal('download').default('download') }),
  z.object({ kind: z.literal('latency'), latencyMs: milliseconds, jitterMs: milliseconds.default(0) }),
]);
export type FaultEffect = z.infer<typeof faultEffect>;
export type FaultKind = FaultEffect['kind'];

/** Where an effect can happen at all; what is not here can happen in every phase. */
const homes: Partial<Record<FaultKind, readonly FaultPhase[]>> = {
  upgrade: ['connecting'],
  'no-server-hello': ['connecting'],
  'bad-certificate': ['connecting'],
  'least-version': ['connecting'],
  passkey: ['pairing'],
  unanswered: ['pairing', 'first-sync', 'online'],
  'refuse-query': ['pairing', 'first-sync', 'online'],
  'duplicate-delivery': ['first-sync', 'online'],
  'altered-delivery': ['first-sync', 'online'],
  nack: ['sending'],
  'lost-ack': ['sending'],
  'lost-message': ['sending'],
  'altered-message': ['sending'],
  'time-lock': [],
  'hidden-number': [],
  'media-status': [],
  'media-cut': [],
  'media-slow': [],
  'media-altered': [],
  latency: [],
};

const fields = z.object({
  /** A number without `+`, or any. Before login a client is known by its routing bytes or `?account=` in its URL. */
  account: z.union([z.literal('any'), z.string().regex(/^\d{7,15}$/)]).default('any'),
  /** Left out: every phase in which the effect can happen. */
  phase: z.enum(faultPhases).optional(),
  effect: faultEffect,
  probability: z.number().min(0).max(1).default(1),
  /** How often; left out: until it is cleared. */
  count: z.number().int().min(1).optional(),
});

/**
 * @example { "account": "9990100000001", "phase": "online", "effect": { "kind": "stream-error", "code": 503 } }
 * @example { "effect": { "kind": "nack", "code": 463 }, "probability": 0.1 }
 */
export const fault = fields.superRefine(({ phase, effect }, context) => {
  const home = homes[effect.kind];
  if (phase === undefined || !home || home.includes(phase)) return;
  const where = home.length > 0 ? `only in ${home.join(' or ')}` : 'in every phase alike';
  context.addIssue({ code: 'custom', path: ['phase'], message: `${effect.kind} happens ${where}, not in ${phase}` });
});
export type Fault = z.infer<typeof fault>;
export type FaultInput = z.input<typeof fault>;

/** A fault that is set. `struck` says how often it did. */
export const standingFault = fields.extend({ id: z.string(), struck: z.number().int() });
export type StandingFault = z.infer<typeof standingFault>;
