import type { FaultInput } from '@/lib/api/sandbox-types';

type Effect = FaultInput['effect'];
export type FaultKind = Effect['kind'];
type NameIn<E> = E extends Effect ? Exclude<keyof E, 'kind' | 'attributes'> : never;
export type FaultFieldName = NameIn<Effect>;

/** What else a fault must know. `version` is three numbers with dots. */
export interface FaultField {
  name: FaultFieldName;
  type: 'number' | 'text' | 'version' | readonly string[];
  initial: string;
}

const number = (name: FaultFieldName, initial = ''): FaultField => ({ name, type: 'number', initial });
const text = (name: FaultFieldName): FaultField => ({ name, type: 'text', initial: '' });

const transfer: FaultField = { name: 'transfer', type: ['download', 'upload'], initial: 'download' };

/** Every kind of fault of the sandbox with the fields of its form. A kind that is missing here is an error of the types. */
export const FAULT_FIELDS: Record<FaultKind, FaultField[]> = {
  close: [number('code', '1006')],
  reset: [],
  'end-stream': [],
  'stream-error': [
    number('code', '503'),
    { name: 'conflict', type: ['', 'replaced', 'device_removed'], initial: '' },
    text('child'),
  ],
  failure: [number('reason', '401')],
  'black-hole': [],
  'half-open': [],
  deaf: [],
  latency: [number('latencyMs', '500'), number('jitterMs', '0')],
  upgrade: [number('status', '429')],
  'no-server-hello': [],
  'bad-certificate': [
    {
      name: 'flaw',
      type: ['root-signature', 'leaf-signature', 'leaf-key', 'expired', 'issuer'],
      initial: 'leaf-signature',
    },
  ],
  'least-version': [{ name: 'version', type: 'version', initial: '2.9999.0' }],
  'garbage-frame': [],
  passkey: [],
  unanswered: [text('xmlns')],
  'refuse-query': [number('code', '500'), text('xmlns'), text('text')],
  'time-lock': [number('seconds', '3600')],
  nack: [number('code', '463')],
  'lost-ack': [],
  'lost-message': [],
  'duplicate-delivery': [],
  'altered-delivery': [],
  'altered-message': [],
  'hidden-number': [],
  'media-status': [transfer, number('status', '410')],
  'media-cut': [transfer],
  'media-slow': [transfer, number('bytesPerSecond', '20000')],
  'media-altered': [],
};
export const FAULT_KINDS = Object.keys(FAULT_FIELDS) as FaultKind[];

export const FAULT_PHASES = [
  'connecting',
  'pairing',
  'scanned',
  'first-sync',
  'online',
  'sending',
  'leaving',
] as const satisfies readonly NonNullable<FaultInput['phase']>[];

export const initialValues = (kind: FaultKind): Record<string, string> =>
  Object.fromEntries(FAULT_FIELDS[kind].map(({ name, initial }) => [name, initial]));

/** The effect as the sandbox takes it; fields that are empty are left out. The sandbox says what is wrong with it. */
export function effectOf(kind: FaultKind, values: Record<string, string>): Effect {
  const given = FAULT_FIELDS[kind].filter(({ name }) => values[name]?.trim());
  const pairs = given.map((field) => [field.name, read(field, (values[field.name] as string).trim())]);
  return { kind, ...Object.fromEntries(pairs) } as Effect;
}

function read({ type }: FaultField, value: string): unknown {
  if (type === 'number') return Number(value);
  return type === 'version' ? value.split('.').map(Number) : value;
}
