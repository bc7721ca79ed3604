/**
 * What came from the wire, by kind; each kind is a file beside this one. A reader gets the message inside its wrappers and
 * answers undefined when it is of another kind, or when what must be there is not: it is then kept as unsupported. Every
 * field may be missing, whatever the protobuf's types say, and numbers may be anything.
 */
import type { ContentOf, MessageKind } from '@trunkline/contracts';
import type { proto } from 'baileys';

export type Reader<K extends MessageKind = MessageKind> = (message: proto.IMessage) => ContentOf<K> | undefined;

/** For optional fields: nothing where the wire has nothing, so that what is stored stays small. */
export function filled<T extends Record<string, unknown>>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return Object.fromEntries(entries) as { [K in keyof T]?: NonNullable<T[K]> };
}
