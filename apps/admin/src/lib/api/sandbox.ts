import type {
  ChangeGroup,
  ChangePerson,
  ChangePhone,
  CreateBan,
  CreateChannel,
  CreateGroup,
  CreatePerson,
  CreatePhone,
  FaultInput,
  Linked,
  Person,
  Phone,
  Picture,
  PostInChannel,
  PostStatus,
  Scan,
  SetPicture,
  SandboxChannel,
  SandboxGroup,
  SandboxLink,
  SeenPage,
  SentPage,
  StandingFault,
  TypeCode,
  Write,
  Written,
} from './sandbox-types';
import { request } from './request';

/** The sandbox's control API, behind the session: same paths and bodies. `user` is a number or a LID, digits only. */
const user = (kind: 'phones' | 'people', id: string): string => `/sandbox/${kind}/${encodeURIComponent(id)}`;

export const phones = {
  list: () => request<Phone[]>('/sandbox/phones'),
  create: (body: CreatePhone) => request<Phone>('/sandbox/phones', { method: 'POST', body }),
  change: (id: string, body: ChangePhone) => request<Phone>(user('phones', id), { method: 'PATCH', body }),
  scan: (id: string, body: Scan) => request<Linked>(`${user('phones', id)}/scan`, { method: 'POST', body }),
  typeCode: (id: string, body: TypeCode) => request<Linked>(`${user('phones', id)}/code`, { method: 'POST', body }),
  unlink: (id: string, body: Linked) => request<Phone>(`${user('phones', id)}/unlink`, { method: 'POST', body }),
  ban: (id: string, body: CreateBan) => request<Phone>(`${user('phones', id)}/ban`, { method: 'PUT', body }),
  liftBan: (id: string) => request<Phone>(`${user('phones', id)}/ban`, { method: 'DELETE' }),
};

export const people = {
  list: () => request<Person[]>('/sandbox/people'),
  create: (body: CreatePerson) => request<Person>('/sandbox/people', { method: 'POST', body }),
  change: (id: string, body: ChangePerson) => request<Person>(user('people', id), { method: 'PATCH', body }),
  /** These six take phones, too. */
  postStatus: (id: string, body: PostStatus) =>
    request<Written>(`${user('people', id)}/status`, { method: 'POST', body }),
  picture: (id: string) => request<Picture>(`${user('people', id)}/picture`),
  setPicture: (id: string, body: SetPicture) =>
    request<Picture>(`${user('people', id)}/picture`, { method: 'PUT', body }),
  write: (id: string, body: Write) => request<Written>(`${user('people', id)}/messages`, { method: 'POST', body }),
  seen: (id: string) => request<SeenPage>(`${user('people', id)}/seen`, { query: { limit: 1000 } }),
  sent: (id: string) => request<SentPage>(`${user('people', id)}/sent`, { query: { limit: 1000 } }),
};

export const sandboxGroups = {
  list: () => request<SandboxGroup[]>('/sandbox/groups'),
  create: (body: CreateGroup) => request<SandboxGroup>('/sandbox/groups', { method: 'POST', body }),
  change: (id: string, body: ChangeGroup) =>
    request<SandboxGroup>(`/sandbox/groups/${encodeURIComponent(id)}`, { method: 'PATCH', body }),
};

export const sandboxChannels = {
  list: () => request<SandboxChannel[]>('/sandbox/channels'),
  create: (body: CreateChannel) => request<SandboxChannel>('/sandbox/channels', { method: 'POST', body }),
  post: (id: string, body: PostInChannel) =>
    request<Written>(`/sandbox/channels/${encodeURIComponent(id)}/posts`, { method: 'POST', body }),
};

export const faults = {
  list: () => request<StandingFault[]>('/sandbox/faults'),
  set: (body: FaultInput) => request<StandingFault>('/sandbox/faults', { method: 'POST', body }),
  clearAll: () => request<void>('/sandbox/faults', { method: 'DELETE' }),
  clear: (id: string) => request<void>(`/sandbox/faults/${encodeURIComponent(id)}`, { method: 'DELETE' }),
};

export const link = {
  read: () => request<SandboxLink>('/sandbox/link'),
  set: (body: SandboxLink) => request<SandboxLink>('/sandbox/link', { method: 'PUT', body }),
};

/** Waits up to `waitMs` for something to change after `revision`. */
export const changes = (revision: number, waitMs: number, signal: AbortSignal) =>
  request<{ revision: number }>('/sandbox/changes', { query: { after: revision, waitMs }, signal });
