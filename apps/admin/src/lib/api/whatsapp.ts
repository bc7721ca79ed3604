import type {
  Account,
  AccountCreate,
  AccountImported,
  AccountPatch,
  AccountPhone,
  AccountProfile,
  AccountProfileChange,
  AccountQr,
  Channel,
  Chat,
  ChatChange,
  ChatShow,
  Diagnostics,
  Generation,
  Group,
  MemberReceipt,
  Message,
  MessageChange,
  Messaging,
  MessageSend,
  Page,
  PairingCode,
  PairingCodeRequest,
  Participant,
  Post,
  Profile,
  ProfileLook,
  Queue,
  TimelineEntry,
} from '@trunkline/contracts';
import { sendForm } from '../upload/send-form';
import { request } from './request';

/** Ids are put into paths as they are: they are UUIDs of the API, or come from the address bar. */
const at = (id: string): string => encodeURIComponent(id);
const account = (id: string): string => `/whatsapp/accounts/${at(id)}`;

export interface ListQuery {
  cursor?: string;
  limit?: number;
  search?: string;
}
export interface AccountFilter {
  network?: string;
  status?: string;
  search?: string;
}
interface OfAccount extends ListQuery {
  accountId?: string;
}

/** What a person can ask of an account; each answers with the account as it is then. */
export type AccountVerb = 'initialize' | 'disconnect' | 'reset' | 'logout' | 'accept-number' | 'refuse-number';

export const accounts = {
  list: (query: ListQuery & AccountFilter) => request<Page<Account>>('/whatsapp/accounts', { query: { ...query } }),
  create: (body: AccountCreate) => request<Account>('/whatsapp/accounts', { method: 'POST', body }),
  read: (id: string) => request<Account>(account(id)),
  patch: (id: string, body: AccountPatch) => request<Account>(account(id), { method: 'PATCH', body }),
  remove: (id: string) => request<void>(account(id), { method: 'DELETE' }),
  ask: (id: string, verb: AccountVerb) => request<Account>(`${account(id)}/${verb}`, { method: 'POST' }),
  setPhone: (id: string, body: AccountPhone) => request<Account>(`${account(id)}/phone`, { method: 'PUT', body }),
  pairingCode: (id: string, body: PairingCodeRequest) =>
    request<PairingCode>(`${account(id)}/pairing-code`, { method: 'POST', body }),
  qr: (id: string) => request<AccountQr>(`${account(id)}/qr`),
  timeline: (id: string, query: ListQuery) =>
    request<Page<TimelineEntry>>(`${account(id)}/timeline`, { query: { ...query } }),
  /** Some systems name no type of a .tar.gz; the server looks at its first bytes. */
  importSession: (file: File, query: { network: string; name?: string }) =>
    request<AccountImported>('/whatsapp/accounts/import', {
      method: 'POST',
      query,
      file,
      headers: { 'content-type': 'application/octet-stream' },
    }),
  generations: (id: string) => request<{ items: Generation[] }>(`${account(id)}/generations`),
  restore: (id: string, generationId: string) =>
    request<Account>(`${account(id)}/generations/${at(generationId)}/restore`, { method: 'POST' }),
  messaging: (id: string) => request<Messaging>(`${account(id)}/messaging`),
  setMessaging: (id: string, body: Messaging) =>
    request<Messaging>(`${account(id)}/messaging`, { method: 'PUT', body }),
  setProfile: (id: string, body: AccountProfileChange) =>
    request<AccountProfile>(`${account(id)}/profile`, { method: 'PATCH', body }),
  setPicture: (id: string, file: File, signal: AbortSignal, onProgress: (loaded: number) => void) =>
    sendForm<AccountProfile>({ method: 'PUT', path: `${account(id)}/profile/picture`, file, signal, onProgress }),
  removePicture: (id: string) => request<AccountProfile>(`${account(id)}/profile/picture`, { method: 'DELETE' }),
  diagnostics: (id: string) => request<Diagnostics>(`${account(id)}/diagnostics`),
};

export const chats = {
  list: (query: OfAccount & { archived?: boolean }) => request<Page<Chat>>('/whatsapp/chats', { query: { ...query } }),
  change: (id: string, body: ChatChange) => request<Chat>(`/whatsapp/chats/${at(id)}`, { method: 'PATCH', body }),
  show: (id: string, doing: ChatShow['doing']) =>
    request<void>(`/whatsapp/chats/${at(id)}/show`, { method: 'POST', body: { doing } }),
  older: (id: string) => request<void>(`/whatsapp/chats/${at(id)}/older`, { method: 'POST' }),
  watch: (id: string) => request<void>(`/whatsapp/chats/${at(id)}/watch`, { method: 'POST' }),
  markRead: (id: string) => request<void>(`/whatsapp/chats/${at(id)}/read`, { method: 'POST' }),
};

export const messages = {
  list: (query: ListQuery & { chatId: string }) =>
    request<Page<Message>>('/whatsapp/messages', { query: { ...query } }),
  search: (query: ListQuery & { text: string; accountId?: string; chatId?: string }) =>
    request<Page<Message>>('/whatsapp/messages/search', { query: { ...query } }),
  /** `idempotencyKey`: the same key for each attempt at the same message, so that it is sent once. */
  send: (body: MessageSend, idempotencyKey: string) =>
    request<Message>('/whatsapp/messages', { method: 'POST', body, headers: { 'idempotency-key': idempotencyKey } }),
  change: (id: string, body: MessageChange) =>
    request<Message>(`/whatsapp/messages/${at(id)}`, { method: 'PATCH', body }),
  cancel: (id: string) => request<Message>(`/whatsapp/messages/${at(id)}/cancel`, { method: 'POST' }),
  /** Safe to repeat: a message is sent again once. */
  retry: (id: string) => request<Message>(`/whatsapp/messages/${at(id)}/retry`, { method: 'POST' }),
  receipts: (id: string, query: ListQuery) =>
    request<Page<MemberReceipt>>(`/whatsapp/messages/${at(id)}/receipts`, { query: { ...query } }),
  queue: (accountId: string) => request<Queue>(`${account(accountId)}/queue`),
};

export const posts = {
  statuses: (query: OfAccount) => request<Page<Post>>('/whatsapp/status', { query: { ...query } }),
  channels: (query: OfAccount) => request<Page<Channel>>('/whatsapp/channels', { query: { ...query } }),
  inChannel: (id: string, query: ListQuery) =>
    request<Page<Post>>(`/whatsapp/channels/${at(id)}/posts`, { query: { ...query } }),
};

export const profiles = {
  look: (body: ProfileLook) => request<{ items: Profile[] }>('/whatsapp/profiles/look', { method: 'POST', body }),
};

export const groups = {
  list: (query: OfAccount) => request<Page<Group>>('/whatsapp/groups', { query: { ...query } }),
  participants: (id: string, query: ListQuery) =>
    request<Page<Participant>>(`/whatsapp/groups/${at(id)}/participants`, { query: { ...query } }),
  setPicture: (id: string, file: File, signal: AbortSignal, onProgress: (loaded: number) => void) =>
    sendForm<Profile>({ method: 'PUT', path: `/whatsapp/groups/${at(id)}/picture`, file, signal, onProgress }),
  removePicture: (id: string) => request<Profile>(`/whatsapp/groups/${at(id)}/picture`, { method: 'DELETE' }),
};
