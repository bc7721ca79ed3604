/** Big-endian integers as the wire spells them: prekey ids in three bytes, registration ids in four. */
export function toBigEndian(value: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntBE(value, 0, length);
  return bytes;
}

export function fromBigEndian(bytes: Uint8Array): number {
  if (bytes.length < 1 || bytes.length > 6) throw new RangeError(`an integer of ${bytes.length} bytes`);
  return Buffer.from(bytes).readUIntBE(0, bytes.length);
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a === b || (a.length === b.length && Buffer.compare(a, b) === 0);
}
