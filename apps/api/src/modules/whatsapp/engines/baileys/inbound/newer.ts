/**
 * A kind of message that is newer than our definitions: decoding leaves its field out, and what is left says nothing. It
 * is kept all the same, and shown as a kind that is not known.
 */
import type { ContentOf } from '@trunkline/contracts';
import { proto } from 'baileys';

/** Undefined when every field of the message is known. `message` is what was decoded from `raw`, or the part that counts. */
export function readNewer(raw: Uint8Array, message: proto.IMessage): ContentOf<'unsupported'> | undefined {
  const known = new Set(fieldsOf(proto.Message.encode(proto.Message.decode(raw)).finish()));
  const newer = fieldsOf(raw).find((field) => !known.has(field));
  if (newer === undefined || message.protocolMessage) return undefined;
  return { kind: 'unsupported', type: `field ${newer}` };
}

/** The numbers of a protobuf's outermost fields, as far as it can be read. */
function fieldsOf(bytes: Uint8Array): number[] {
  const fields: number[] = [];
  let at = 0;
  const varint = (): number => {
    let [value, factor] = [0, 1];
    for (;;) {
      const byte = bytes[at++];
      if (byte === undefined) return value;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    fields.push(Math.floor(tag / 8));
    const type = tag % 8;
    if (type > 5 || type === 3 || type === 4) break;
    const length = type === 1 ? 8 : type === 5 ? 4 : varint();
    if (type !== 0) at += length;
  }
  return fields;
}
