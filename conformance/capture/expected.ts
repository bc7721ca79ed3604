/**
 * What protocol.md says that goes over the wire, in the notation of `line.ts`. Nothing else may: a node that is in none
 * of these tables fails the capture.
 */

/** B.4, the whole first connection. A client may say `unified_session` on it, before or after it is told to restart. */
export const PAIRING = [
  'S iq set md: pair-device(ref×6)',
  'C iq result',
  'S iq set md: pair-success(device-identity device platform)',
  'C iq result: pair-device-sign(device-identity)',
  'S stream:error 515',
];

/** B.5, in this order, with other things between them. */
export const LOGIN = [
  ['S success', 'S ib: offline_preview', 'S ib: edge_routing(routing_info)', 'S ib: offline'],
  ['S ib: offline_preview', 'C ib: offline_batch', 'S ib: offline'],
  [
    'S success',
    'C iq get encrypt: count',
    'C iq set encrypt: registration type identity list(key×812) skey(id value signature)',
    'C iq set passive: active',
    'C iq get encrypt: digest',
    'C iq get abt: props',
    'C iq get blocklist',
    'C iq get privacy: privacy',
    'C ib: unified_session',
  ],
  // B.7: the phone brings its new companion up to date, when it is there.
  [
    'S ib: offline',
    'S message text peer: enc',
    'S message text peer: enc',
    'C receipt peer_msg',
    'C receipt hist_sync',
  ],
  ['S message text peer: enc', 'S message text peer: enc', 'C iq set w:sync:app:state: sync(collection×5)'],
];

/** B.6, in this order, with other things between them. */
export const SEND = [
  [
    'C iq get usync: usync(query list)',
    'C iq get encrypt: key(user)',
    'C message text: participants(to×2) device-identity',
    'S ack message text',
    'S receipt',
    'C ack receipt',
    'S receipt read',
    'C ack receipt read',
  ],
  ['S receipt sender', 'C ack receipt sender'],
];

/** B.5 and B.6: each query of the client, and the answer under the same id. */
export const ANSWERS: Record<string, string> = {
  'iq get encrypt: count': 'iq result: count',
  'iq set encrypt: registration type identity list(key×812) skey(id value signature)': 'iq result',
  'iq get encrypt: digest': 'iq result: digest(registration type identity skey list hash)',
  'iq set passive: active': 'iq result',
  'iq get abt: props': 'iq result: props(prop×3)',
  'iq get blocklist': 'iq result: list',
  'iq get privacy: privacy': 'iq result: privacy(category×8)',
  'iq set w:sync:app:state: sync(collection)': 'iq result: sync(collection)',
  'iq set w:sync:app:state: sync(collection×5)': 'iq result: sync(collection×5)',
  'iq get usync: usync(query list)': 'iq result: usync(result list)',
  'iq get encrypt: key(user)': 'iq result: list(user)',
  'iq get encrypt: key(user×2)': 'iq result: list(user×2)',
  'iq set privacy: tokens(token)': 'iq result: tokens',
  'iq get w:p: ping': 'iq result',
};

/** What may come besides, however often. */
export const BESIDES = [
  'S notification server_sync: collection',
  'C ack notification server_sync',
  'S message text peer: enc',
  'S message text: enc',
  'C receipt inactive',
  'C receipt',
  'S ack receipt peer_msg',
  'S ack receipt hist_sync',
  'S ack receipt inactive',
  'S ack receipt',
  'C presence',
  'C presence available',
  'C message text: participants(to×2) device-identity reporting(reporting_token)',
];
