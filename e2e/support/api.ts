import { randomUUID } from 'node:crypto';
import type { Account, AccountQr, Chat, Group, Message, MessageSend, Page, PairingCode } from '@trunkline/contracts';

/** What the API answered, when it was not a success. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly body: { error?: { code?: string; message?: string; details?: { field: string }[] } },
  ) {
    super(`HTTP ${status} ${body.error?.code ?? ''}: ${body.error?.message ?? ''}`);
  }
}

/** The API as a program uses it: with a key, over real HTTP. */
export class Api {
  constructor(
    readonly url: string,
    readonly key: string,
  ) {}

  async call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    const response = await fetch(`${this.url}/api${path}`, {
      method,
      headers: {
        'x-api-key': this.key,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    const answer = text ? JSON.parse(text) : undefined;
    if (!response.ok) throw new ApiError(response.status, answer ?? {});
    return answer as T;
  }

  createAccount = (name: string) => this.call<Account>('POST', '/whatsapp/accounts', { name, network: 'sandbox' });
  account = (id: string) => this.call<Account>('GET', `/whatsapp/accounts/${id}`);
  initialize = (id: string) => this.call<Account>('POST', `/whatsapp/accounts/${id}/initialize`);
  disconnect = (id: string) => this.call<Account>('POST', `/whatsapp/accounts/${id}/disconnect`);
  reset = (id: string) => this.call<Account>('POST', `/whatsapp/accounts/${id}/reset`);
  logout = (id: string) => this.call<Account>('POST', `/whatsapp/accounts/${id}/logout`);
  qr = (id: string) => this.call<AccountQr>('GET', `/whatsapp/accounts/${id}/qr`);
  pairingCode = (id: string, phoneNumber: string) =>
    this.call<PairingCode>('POST', `/whatsapp/accounts/${id}/pairing-code`, { phoneNumber });
  send = (message: MessageSend, idempotencyKey: string = randomUUID()) =>
    this.call<Message>('POST', '/whatsapp/messages', message, { 'idempotency-key': idempotencyKey });
  message = (id: string) => this.call<Message>('GET', `/whatsapp/messages/${id}`);
  messages = (chatId: string) => this.call<Page<Message>>('GET', `/whatsapp/messages?chatId=${chatId}&limit=200`);
  chats = (accountId: string) => this.call<Page<Chat>>('GET', `/whatsapp/chats?accountId=${accountId}`);
  groups = (accountId: string) => this.call<Page<Group>>('GET', `/whatsapp/groups?accountId=${accountId}`);
  turnClock = (advanceMs: number) => this.call<unknown>('POST', '/test/clock', { advanceMs });
}
