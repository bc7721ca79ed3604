/**
 * The one Signal message that Baileys looks into: the first message of a session (protocol.md B.6, "Signal details").
 * Field numbers are those of the published protocol.
 */
const FIELDS = {
  1: 'preKeyId',
  2: 'baseKey',
  3: 'identityKey',
  4: 'message',
  5: 'registrationId',
  6: 'signedPreKeyId',
};
const VARINT = 0;
const BYTES = 2;

/** A varint of up to 32 bits and the offset behind it. */
function readVarint(bytes, offset) {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = bytes[offset++];
    if (byte === undefined) throw new RangeError('protobuf ends inside a number');
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return [value >>> 0, offset];
  }
  throw new RangeError('protobuf number is too long');
}

function readBytes(bytes, start) {
  const [length, from] = readVarint(bytes, start);
  if (from + length > bytes.length) throw new RangeError('protobuf ends inside a field');
  return [bytes.subarray(from, from + length), from + length];
}

export const PreKeyWhisperMessage = {
  /** @param {Uint8Array} bytes the message without its version byte */
  decode(bytes) {
    const message = {};
    for (let offset = 0; offset < bytes.length;) {
      const [tag, next] = readVarint(bytes, offset);
      const type = tag & 7;
      if (type !== VARINT && type !== BYTES) throw new RangeError(`protobuf wire type ${type} is not used here`);
      const [value, end] = type === VARINT ? readVarint(bytes, next) : readBytes(bytes, next);
      const name = FIELDS[tag >>> 3];
      if (name) message[name] = value;
      offset = end;
    }
    return message;
  },
};
