/**
 * A companion found a file gone from the media hosts and asks its phone for it: a phone that has kept it puts it there
 * again and says where, encrypted for that message; one that has not says so.
 */
import { bytesOf, child, node, type Node } from '../protocol/node.js';
import {
  mediaRetryNotification,
  openRetry,
  RETRY_RESULT,
  sealRetry,
  serverErrorReceipt,
} from '../signal/media.retry.proto.js';
import type { KeptMedia } from './media.js';
import type { Person } from './person.js';

/** Of `<error>`: there is no such file on the phone. */
const NOT_FOUND = '2';

export async function answerMediaRetry(person: Person, receipt: Node): Promise<void> {
  const { id = '', from } = receipt.attrs;
  const kept = person.notebook.media(id);
  const content =
    kept?.file && isAsked(receipt, kept, id) ? uploadAgain(person, { ...kept, file: kept.file }, id) : undefined;
  const rmr = child(receipt, 'rmr') ?? node('rmr', {});
  const t = String(Math.floor(person.world.now() / 1000));
  const answer = content ?? node('error', { code: NOT_FOUND });
  await person.line.submit(node('notification', { id, to: from, type: 'mediaretry', t }, [answer, rmr]));
}

function isAsked(receipt: Node, { mediaKey }: KeptMedia, id: string): boolean {
  const encrypt = child(receipt, 'encrypt');
  const [sealed, iv] = [bytesOf(child(encrypt, 'enc_p')), bytesOf(child(encrypt, 'enc_iv'))];
  const opened = sealed && iv && openRetry(sealed, iv, mediaKey, id);
  return opened !== undefined && serverErrorReceipt.decode(opened).stanzaId === id;
}

function uploadAgain(person: Person, { mediaKey, file }: KeptMedia & { file: string }, id: string): Node | undefined {
  const { media } = person.world.network;
  const size = media.files.size(file);
  if (size === undefined) return undefined;
  const { directPath } = media.publish({ hash: file, size });
  const said = mediaRetryNotification.encode({ stanzaId: id, directPath, result: RETRY_RESULT.success });
  const { ciphertext, iv } = sealRetry(said, mediaKey, id);
  return node('encrypt', {}, [node('enc_p', {}, ciphertext), node('enc_iv', {}, iv)]);
}
