import protobuf from 'protobufjs';

/** A protobuf message, read and written as a plain object: bytes as `Uint8Array`, 64-bit integers as numbers. */
export interface Codec<T> {
  encode(value: T): Uint8Array;
  decode(bytes: Uint8Array): T;
}

/** Reads message definitions written in the protobuf language (proto2; fields not named in it are skipped). */
export function definitions(source: string): protobuf.Root {
  return protobuf.parse(`syntax = "proto2";\n${source}`, { keepCase: true }).root;
}

export function codec<T extends object>(root: protobuf.Root, name: string): Codec<T> {
  const type = root.lookupType(name);
  return {
    encode: (value) => type.encode(type.fromObject(value)).finish(),
    decode: (bytes) => type.toObject(type.decode(bytes), { longs: Number }) as T,
  };
}
