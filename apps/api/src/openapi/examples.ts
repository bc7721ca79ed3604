const account = '0198c0de-0000-7000-8000-000000000001';
const chat = '0198c0de-0000-7000-8000-000000000002';
const message = '0198c0de-0000-7000-8000-000000000003';
const media = '0198c0de-0000-7000-8000-000000000005';
const person = '0198c0de-0000-7000-8000-000000000004';
const at = '2026-11-24T08:30:00.000Z';

const exampleAccount = {
  id: account,
  network: 'whatsapp',
  name: 'Shop, Jakarta',
  phoneNumber: '+6281234567890',
  phoneNumberSource: 'engine',
  numberConflict: null,
  pushName: 'The Shop',
  notes: null,
  statusNote: null,
  state: {
    wanted: 'online',
    status: 'active',
    connection: 'connected',
    reason: 'none',
    userAction: null,
    since: at,
    deadline: null,
    attempt: 0,
    nextAttemptAt: null,
  },
  linkedAt: at,
  lastConnectedAt: at,
  lastDisconnectedAt: null,
  lastSeenConnectedAt: at,
  createdAt: at,
  updatedAt: at,
};

const exampleMessage = {
  id: message,
  accountId: account,
  chatId: chat,
  waId: '3EB0C767D26A1B2C3D4E5F',
  direction: 'out',
  sender: null,
  content: { kind: 'text', text: 'Your order is ready.' },
  quoted: null,
  reactions: [],
  pollResults: null,
  editedAt: null,
  failedChanges: [],
  forwardingScore: 0,
  viewOnce: false,
  expiresAt: null,
  media: null,
  status: 'delivered',
  queuedReason: null,
  failure: null,
  ordinal: '42',
  timestamp: at,
  batchId: null,
  retryOf: null,
  notBefore: null,
  notAfter: null,
  sendingAt: at,
  unknownAt: null,
  sentAt: at,
  deliveredAt: at,
  readAt: null,
  playedAt: null,
  failedAt: null,
  cancelledAt: null,
  expiredAt: null,
  createdAt: at,
};
const batch = '0198c0de-0000-7000-8000-000000000005';

/** Examples by component; a spec parses each with the schema it stands for. */
export const EXAMPLES: Record<string, unknown[]> = {
  Account: [exampleAccount],
  AccountImported: [
    {
      account: exampleAccount,
      records: 816,
      changedAt: at,
      warning:
        'Stop the program that this session was taken from, for good: WhatsApp throws both out when two use one session.',
    },
  ],
  AccountCreate: [{ name: 'Shop, Jakarta', network: 'whatsapp' }],
  AccountPhone: [{ phoneNumber: '+62 812 3456 7890' }],
  PairingCode: [{ code: 'ABCD1234', expiresAt: at }],
  Media: [
    {
      id: media,
      accountId: account,
      state: 'ready',
      problem: null,
      mime: 'image/jpeg',
      size: 48_120,
      sha256: '5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef',
      fileName: 'order.jpg',
      width: 1200,
      height: 900,
      seconds: null,
      waveform: null,
      thumbnail: 'data:image/jpeg;base64,/9j/2Q==',
    },
  ],
  MediaLink: [{ url: `/api/whatsapp/media/${media}/shared?expires=1795540000&signature=kQ2…`, expiresAt: at }],
  MediaLinkCreate: [{ seconds: 900 }],
  MessageSend: [
    { accountId: account, to: '+628123456789', text: 'Your order is ready.' },
    { accountId: account, chatId: chat, text: 'Thank you!', quotedMessageId: message },
    {
      accountId: account,
      chatId: chat,
      content: { kind: 'location', latitude: -6.2, longitude: 106.8, name: 'The Shop' },
    },
    { accountId: account, chatId: chat, content: { kind: 'reaction', emoji: '👍', messageId: message } },
  ],
  Message: [exampleMessage],
  MessageBatchSend: [
    {
      messages: [
        {
          idempotencyKey: 'order-17',
          message: { accountId: account, to: '+628123456789', text: 'Your order is ready.' },
        },
        { idempotencyKey: 'order-18', message: { accountId: account, to: '+628123456780', text: 'Yours, too.' } },
      ],
    },
  ],
  MessageBatch: [
    {
      batchId: batch,
      items: [
        { message: exampleMessage, replayed: false, error: null },
        {
          message: null,
          replayed: false,
          error: {
            code: 'recipient_invalid',
            message: 'Give the number with its country code, such as +628123456789.',
            details: [{ field: 'to', message: 'Give the number with its country code, such as +628123456789.' }],
          },
        },
      ],
    },
  ],
  BatchState: [{ batchId: batch, total: 2, statuses: { queued: 1, delivered: 1 } }],
  BatchCancelled: [{ batchId: batch, total: 2, statuses: { cancelled: 1, delivered: 1 }, cancelled: 1 }],
  MemberReceipt: [
    {
      personId: person,
      phoneNumber: '+628123456789',
      lid: null,
      name: 'Ada',
      deliveredAt: at,
      readAt: null,
      playedAt: null,
    },
  ],
  Queue: [
    {
      accountId: account,
      waiting: 12,
      scheduled: 1,
      held: 0,
      sending: 0,
      limit: 200_000,
      oldestAt: at,
      waitsFor: 'offline',
      until: null,
    },
  ],
  Messaging: [
    { readReceipts: true, linkPreviews: false, calls: 'reject', callReply: 'We do not take calls here; please write.' },
  ],
  ChatShow: [{ doing: 'typing' }],
  Chat: [
    {
      id: chat,
      accountId: account,
      network: 'whatsapp',
      kind: 'person',
      personId: person,
      groupId: null,
      title: 'Ada',
      phoneNumber: '+628123456789',
      lid: null,
      unread: 0,
      lastMessage: exampleMessage,
      lastActivityAt: at,
      disappearingSeconds: null,
    },
  ],
  TimelineEntry: [
    {
      position: 4711,
      at,
      tone: 'warn',
      text: 'The connection was lost.',
      done: 'It is tried again by itself: attempt 1.',
      times: 1,
      code: { event: 'account.status', reason: 'connection_lost' },
    },
  ],
  HealthReport: [
    {
      accounts: { total: 200, wantedOnline: 198, connected: 196, reconnecting: 1, needPerson: 2 },
      restore: { done: 197, total: 197 },
      reasons: [{ reason: 'connection_lost', accounts: 1 }],
      errors: { lastHour: 1, lastDay: 4 },
      lastRun: {
        startedAt: at,
        finishedAt: at,
        accounts: 200,
        findings: [
          {
            kind: 'number_missing',
            accountId: account,
            message: 'The account is connected, and its phone number is not known.',
            mend: 'The number is looked for again.',
          },
        ],
      },
      nextRunAt: at,
      clientVersions: [{ network: 'whatsapp', version: '2.3000.1043857760', setting: false, workedAt: at }],
    },
  ],
  GovernorChange: [
    {
      profile: 'auto',
      settings: { perDay: 300, quietHours: { from: '20:00', to: '09:00' }, timeZone: 'Asia/Jakarta' },
    },
  ],
  Budget: [
    {
      at,
      profile: 'settled',
      sends: {
        used: 120,
        limit: 1000,
        left: 880,
        keptForReplies: 200,
        atOnce: 10,
        perMinute: 20,
        ready: 10,
        nextAt: null,
      },
      firstContacts: { used: 50, limit: 50, left: 0, atOnce: 3, perHour: 10, ready: 3, nextAt: at },
      quietHours: { from: '21:00', to: '08:00' },
      timeZone: 'Asia/Jakarta',
      holds: [],
      lanes: [
        { lane: 'reply', waiting: 0, held: null },
        { lane: 'first_contact', waiting: 3, held: { reason: 'first_contact_daily_limit', until: at } },
      ],
    },
  ],
  OptOut: [
    {
      id: message,
      network: 'whatsapp',
      personId: person,
      phoneNumber: '+628123456789',
      lid: null,
      name: 'Ada',
      since: at,
      source: 'stop_word',
      by: { kind: 'person', name: 'Ada' },
      note: 'STOP',
      accountId: account,
      messageId: message,
      lifted: null,
    },
  ],
  OptOutCreate: [{ network: 'whatsapp', to: '+628123456789', note: 'Asked on the phone.' }],
  OptOutImport: [{ network: 'whatsapp', csv: 'phone,note\n+628123456789,old system\n', country: 'ID' }],
  OptOutImported: [
    { added: 1, already: 0, wrong: 0, rows: [{ row: 2, value: '+628123456789', outcome: 'added', message: null }] },
  ],
  Consent: [{ note: 'Asked for offers again on the phone, 24 November.' }],
  ProxyCreate: [
    {
      name: 'Jakarta 1',
      kind: 'socks5',
      host: 'proxy.example.org',
      port: 1080,
      credentials: { username: 'shop', password: 'a secret' },
    },
  ],
  Proxy: [
    {
      id: person,
      name: 'Jakarta 1',
      kind: 'socks5',
      host: 'proxy.example.org',
      port: 1080,
      hasCredentials: true,
      poolId: null,
      accounts: 3,
      lastTest: { ok: true, network: 'whatsapp', detail: 'It reached web.whatsapp.com:443.', latencyMs: 212, at },
      createdAt: at,
      updatedAt: at,
    },
  ],
  ProxyPoolCreate: [{ name: 'Jakarta' }],
  AccountProxyPut: [{ proxyId: person }, { poolId: chat }, {}],
  ApiKeyCreate: [{ name: 'Order robot', role: 'operator' }],
  Me: [{ kind: 'key', id: person, name: 'Order robot', email: null, role: 'operator' }],
  System: [
    {
      version: '0.1.0',
      networks: { whatsapp: true, sandbox: true },
      mediaMaxBytes: 134_217_728,
      setupNeeded: false,
    },
  ],
  Error: [
    {
      error: {
        code: 'validation_failed',
        message: 'The request does not fit; details tell which fields.',
        details: [{ field: 'name', message: 'Give the account a name.' }],
        traceId: '0d7d33d5188c99a3068dee8c97d94b87',
      },
    },
  ],
};
