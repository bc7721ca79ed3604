import type { ClientName } from './driver.js';

/**
 * What is not true of a client, and why: the one list. A case that is listed has to fail, and in the way that is written
 * down; when it passes, the run fails, since then either the client or the sandbox is not what we think.
 * S1 to S25 are the surprises of protocol.md.
 */
export interface Exception {
  client: ClientName;
  cases: readonly string[];
  reason: string;
  /** What the failure of the case says. */
  seen: RegExp;
}

export const EXCEPTIONS: readonly Exception[] = [
  {
    client: 'baileys',
    cases: [
      'refuses a certificate chain with a wrong root-signature',
      'refuses a certificate chain with a wrong leaf-signature',
    ],
    reason: 'S1: its signature check is always true, so it logs in',
    seen: /^no closed .*bad_certificate.*, open(, name)?$/,
  },
  {
    client: 'baileys',
    cases: ['refuses a certificate chain with a wrong leaf-key'],
    reason: 'S1: nobody compares the key of the leaf with that of the server, so it logs in',
    seen: /^no closed .*bad_certificate.*, open(, name)?$/,
  },
  {
    client: 'baileys',
    cases: ['refuses a certificate chain with a wrong expired', 'refuses a certificate chain with a wrong issuer'],
    reason: 'it reads neither the dates nor who issued the leaf, so it logs in',
    seen: /^no closed .*bad_certificate.*, open(, name)?$/,
  },
  {
    client: 'baileys',
    cases: ['online: sees a frame of garbage and comes back'],
    reason: 'S9: the frame is an unhandled rejection, and the socket stays deaf until the keep-alive ends it',
    seen: /^no closed .*bad_frame/,
  },
  {
    client: 'baileys',
    cases: ['connecting: sees HTTP status 429 on the upgrade and comes back'],
    reason: 'S10: an upgrade that is answered with anything but 101 is never told',
    seen: /^no closed .*rate_limited.*closed\(disconnected_by_user: \)$/,
  },
  {
    client: 'baileys',
    cases: ['says that a send failed when the server answers pings and nothing else'],
    reason: 'S3, S4: unanswered queries are no errors, and the send resolves with nobody to send to',
    seen: /^no status of any kind/,
  },
  {
    client: 'baileys',
    cases: ['says in the end that a message was received whose first receipt was lost'],
    reason: 'it refuses the second delivery with 487, so the sender never learns that the first one came through',
    seen: /^it did not come true .*\[\]$/,
  },
  {
    client: 'baileys',
    cases: ['votes in the poll of somebody named by number', 'votes in the poll of somebody named by LID'],
    reason: 'it opens votes, and has no way to make one',
    seen: /^Baileys has no verb for a vote$/,
  },
  {
    client: 'zapo',
    cases: ['votes in the poll of somebody named by number', 'votes in the poll of somebody named by LID'],
    reason: 'it opens votes, and does not hand out what seals one',
    seen: /^zapo-js has no verb for a vote$/,
  },
  {
    client: 'zapo',
    cases: [
      'makes a poll and opens the votes of somebody named by number',
      'makes a poll and opens the votes of somebody named by LID',
    ],
    reason: 'for the maker of its own polls it takes its name with the device in it, by which nobody seals',
    seen: /^no words of /,
  },
  {
    client: 'zapo',
    cases: ['hears what is posted in a channel', 'hears that what is posted in a channel was edited'],
    reason: 'it reads what is sealed, and a post in a channel is not',
    seen: /^no words of /,
  },
  {
    client: 'zapo',
    cases: ['sets its push name'],
    reason: 'it has no way to',
    seen: /^zapo-js has no verb for its push name$/,
  },
  {
    client: 'zapo',
    cases: ['declines a call'],
    reason: 'it tells of a call, and has no way to answer one',
    seen: /^zapo-js has no verb for declining a call$/,
  },
  {
    client: 'zapo',
    cases: ['learns a new push name that the phone chose'],
    reason: 'it reads its name from <success> at a login, and not from the app state',
    seen: /^no name .*Renamed/,
  },
  {
    client: 'zapo',
    cases: ['takes the name that a business has as its own'],
    reason: 'it reads its name from <success> at a login, and not from what it is told when it is linked',
    seen: /^no name .*Ada and Sons/,
  },
  {
    client: 'zapo',
    cases: ['refuses a certificate chain with a wrong expired'],
    reason: 'it checks signatures, issuers and keys, but not the dates',
    seen: /^no closed .*bad_certificate.*, open, name$/,
  },
  {
    client: 'zapo',
    cases: [
      'online: sees stream error 503 and comes back',
      'online: sees stream error without a code and comes back',
      'connecting: sees HTTP status 429 on the upgrade and comes back',
      'connecting: sees an upgrade that is never answered and comes back',
      'connecting: sees no ServerHello and comes back',
    ],
    reason: 'it comes back by itself and tells nobody why it was gone',
    seen: /^no closed .*closed\(connection_closed: \), open/,
  },
  {
    client: 'zapo',
    cases: ['online: sees stream error 515 and comes back'],
    reason: 'it takes a 515 for the order to forget the account, and shows a QR',
    seen: /^no open .*closed\(restart_required: stream_error_force_login 515\)/,
  },
  {
    client: 'zapo',
    cases: [
      'shows a message once that is delivered twice',
      'shows a message once whose receipt was lost, and which is delivered again',
      'does not ask again for a message that is delivered twice',
    ],
    reason: 'it takes the second one for unreadable, asks for it again, and shows the answer as well',
    seen: /^expected [12] to be (1|\+0)/,
  },
  {
    client: 'zapo',
    cases: ['sends a message again that a person could not read, under the same id'],
    reason: 'beside the first message of a session it sends its device identity, but not when it sends that again',
    seen: /^\d+ did not see it|^expected \{ seen: 1/,
  },
];

/** Milliseconds that a listed case waits for what is not going to happen. */
export const EXCEPTION_BOUND_MS = 5_000;

export function exceptionOf(client: ClientName, name: string): Exception | undefined {
  return EXCEPTIONS.find((each) => each.client === client && each.cases.includes(name));
}
