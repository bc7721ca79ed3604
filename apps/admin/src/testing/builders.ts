import type {
  Account,
  AccountState,
  AnyEvent,
  Chat,
  EventName,
  EventPayload,
  Group,
  Message,
} from '@trunkline/contracts';

/** Whole records with defaults, for specs. */
let made = 0;
const uuid = (): string => `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`;
const then = '2026-11-24T10:00:00.000Z';

export const aState = (state: Partial<AccountState> = {}): AccountState => ({
  wanted: 'online',
  status: 'active',
  connection: 'connected',
  reason: 'none',
  userAction: null,
  since: then,
  deadline: null,
  attempt: 0,
  nextAttemptAt: null,
  ...state,
});

export const anAccount = ({
  state,
  ...rest
}: Partial<Omit<Account, 'state'>> & { state?: Partial<AccountState> } = {}): Account => ({
  id: uuid(),
  network: 'sandbox',
  name: 'Shop',
  phoneNumber: null,
  phoneNumberSource: null,
  numberConflict: null,
  pushName: null,
  notes: null,
  statusNote: null,
  linkedAt: null,
  lastConnectedAt: null,
  lastDisconnectedAt: null,
  lastSeenConnectedAt: null,
  createdAt: then,
  updatedAt: then,
  ...rest,
  state: aState(state),
});

export function aMessage(message: Partial<Message> = {}): Message {
  const id = uuid();
  return {
    id,
    accountId: 'account',
    chatId: 'chat',
    waId: `wa-${id}`,
    direction: 'in',
    sender:
      message.direction === 'out' ? null : { personId: 'ada', phoneNumber: '+9990123456789', lid: null, name: 'Ada' },
    content: { kind: 'text', text: 'hello' },
    quoted: null,
    reactions: [],
    pollResults: null,
    eventAnswers: null,
    editedAt: null,
    pinnedUntil: null,
    failedChanges: [],
    forwardingScore: 0,
    viewOnce: false,
    starred: false,
    expiresAt: null,
    media: null,
    status: message.direction === 'out' ? 'queued' : 'delivered',
    queuedReason: null,
    failure: null,
    cancellable: message.direction === 'out',
    ordinal: String(made),
    timestamp: then,
    batchId: null,
    retryOf: null,
    notBefore: null,
    notAfter: null,
    sendingAt: null,
    unknownAt: null,
    sentAt: null,
    deliveredAt: null,
    readAt: null,
    playedAt: null,
    failedAt: null,
    cancelledAt: null,
    expiredAt: null,
    createdAt: then,
    ...message,
  };
}

export const aChat = (chat: Partial<Chat> = {}): Chat => ({
  id: 'chat',
  accountId: 'account',
  network: 'sandbox',
  kind: 'person',
  personId: 'ada',
  groupId: null,
  title: 'Ada',
  phoneNumber: '+9990123456789',
  lid: null,
  unread: 0,
  lastMessage: null,
  lastActivityAt: null,
  disappearingSeconds: null,
  archived: false,
  pinnedAt: null,
  mutedUntil: null,
  markedUnread: false,
  historyComplete: false,
  blocked: false,
  ...chat,
});

export const aGroup = (group: Partial<Group> = {}): Group => ({
  id: 'group',
  network: 'sandbox',
  waId: '120363000000000001@g.us',
  subject: 'Regulars',
  description: null,
  addressing: 'pn',
  announcement: false,
  locked: false,
  participantCount: 3,
  accounts: [{ accountId: 'account', role: 'member' }],
  updatedAt: then,
  ...group,
});

let position = 0;
export const anEvent = <N extends EventName>(
  event: N,
  accountId: string | null,
  payload: EventPayload<N>,
  timestamp = '2026-11-24T11:00:00.000Z',
): AnyEvent =>
  ({
    id: uuid(),
    position: ++position,
    sequence: 1,
    timestamp,
    event,
    accountId,
    payload,
    schemaVersion: 1,
  }) as AnyEvent;
