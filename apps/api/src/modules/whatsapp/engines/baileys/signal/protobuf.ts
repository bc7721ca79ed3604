/**
 * Reads, and puts together, the few fields that the bridge does not give out of its own serialized records. Only numbers and byte fields
 * occur in them.
 */
const VARINT = 0;
const BYTES = 2;

export type Field = number | Uint8Array;

/** First occurrence of each field by its number. Throws a RangeError on what is no protobuf of this kind. */
export function readFields(bytes: Uint8Array): Map<number, Field> {
  const fields = new Map<number, Field>();
  for (const [number, value] of eachField(bytes)) if (!fields.has(number)) fields.set(number, value);
  return fields;
}

/** All fields, in their order. */
export function* eachField(bytes: Uint8Array): Generator<[number: number, value: Field]> {
  for (let offset = 0; offset < bytes.length;) {
    const [tag, start] = readVarint(bytes, offset);
    const [value, end] = (tag & 7) === VARINT ? readVarint(bytes, start) : readBytes(bytes, start, tag & 7);
    yield [tag >>> 3, value];
    offset = end;
  }
}

/** A field of bytes, as it stands in a message. */
export function bytesField(number: number, value: Uint8Array): Uint8Array {
  const head = [...varint(number * 8 + BYTES), ...varint(value.length)];
  const field = new Uint8Array(head.length + value.length);
  field.set(head);
  field.set(value, head.length);
  return field;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return [...bytes, rest];
    bytes.push((rest & 0x7f) | 0x80);
  }
}

function readVarint(bytes: Uint8Array, start: number): [value: number, end: number] {
  let value = 0;
  for (let offset = start, shift = 0; shift < 35; shift += 7) {
    const byte = bytes[offset++];
    if (byte === undefined) break;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return [value >>> 0, offset];
  }
  throw new RangeError('protobuf: a number does not end');
}

function readBytes(bytes: Uint8Array, start: number, type: number): [value: Uint8Array, end: number] {
  if (type !== BYTES) throw new RangeError(`protobuf: wire type ${type} is not expected`);
  const [length, from] = readVarint(bytes, start);
  if (from + length > bytes.length) throw new RangeError('protobuf: a field is cut off');
  return [bytes.subarray(from, from + length), from + length];
}
