/**
 * The typed client of the control API. It works wherever `fetch` does.
 *
 * @example
 * const control = new SandboxControl({ url: 'http://127.0.0.1:4002', token });
 * const { number } = await control.createPhone({ pushName: 'Shop' });
 * await control.scan(number, { qr });
 * const { text } = await control.waitForSeen(ada.number, (message) => message.from === number);
 */
import type { z } from 'zod';
import type * as c from './contract.js';
import type { FaultInput } from '../faults/fault.js';
import { ControlError } from './error.js';
import { routes, type Route, type RouteName } from './routes.js';

export interface SandboxControlOptions {
  url: string;
  token: string;
}

interface Params {
  user?: string;
  id?: string;
}

type Output<N extends RouteName> = z.output<(typeof routes)[N]['output']>;

const POLL_MS = 5_000;

/** Every method rejects with `ControlError` when the sandbox refuses. */
export class SandboxControl {
  constructor(private readonly options: SandboxControlOptions) {}

  status = () => this.ask('status');
  counts = () => this.ask('counts');
  changes = (query: c.PageQuery = {}) => this.ask('changes', {}, query);

  listPhones = () => this.ask('listPhones');
  createPhone = (input: c.CreatePhone = {}) => this.ask('createPhone', {}, input);
  getPhone = (user: string) => this.ask('getPhone', { user });
  changePhone = (user: string, input: c.ChangePhone) => this.ask('changePhone', { user }, input);
  scan = (user: string, input: c.Scan) => this.ask('scan', { user }, input);
  typeCode = (user: string, input: c.TypeCode) => this.ask('typeCode', { user }, input);
  unlink = (user: string, device: number) => this.ask('unlink', { user }, { device });
  ban = (user: string, input: c.CreateBan) => this.ask('ban', { user }, input);
  liftBan = (user: string) => this.ask('liftBan', { user });
  changeNumber = (user: string, input: c.ChangeNumber = {}) => this.ask('changeNumber', { user }, input);
  phoneChats = (user: string) => this.ask('phoneChats', { user });
  markChat = (user: string, input: c.MarkChat) => this.ask('markChat', { user }, input);
  starMessage = (user: string, input: c.StarMessage) => this.ask('starMessage', { user }, input);

  listPeople = () => this.ask('listPeople');
  createPerson = (input: c.CreatePerson = {}) => this.ask('createPerson', {}, input);
  getPerson = (user: string) => this.ask('getPerson', { user });
  changePerson = (user: string, input: c.ChangePerson) => this.ask('changePerson', { user }, input);
  write = (user: string, input: c.Write) => this.ask('write', { user }, input);
  sendMedia = (user: string, input: z.input<typeof c.sendMedia>) => this.ask('sendMedia', { user }, input);
  say = (user: string, input: z.input<typeof c.say>) => this.ask('say', { user }, input);
  show = (user: string, input: c.Show) => this.ask('show', { user }, input);
  call = (user: string, input: z.input<typeof c.call>) => this.ask('call', { user }, input);
  answered = (user: string) => this.ask('answered', { user });
  appear = (user: string, online: boolean) => this.ask('appear', { user }, { online });
  shown = (user: string) => this.ask('shown', { user });
  react = (user: string, input: c.React) => this.ask('react', { user }, input);
  read = (user: string, input: c.Read = {}) => this.ask('read', { user }, input);
  getPicture = (user: string) => this.ask('getPicture', { user });
  setPicture = (user: string, jpeg: Uint8Array | null) =>
    this.ask('setPicture', { user }, { jpeg: jpeg && Buffer.from(jpeg).toString('base64') });
  /** What their phone shows of somebody, or of a group. */
  look = (user: string, at: string) => this.ask('look', { user }, { at });
  seen = (user: string, query: c.PageQuery = {}) => this.ask('seen', { user }, query);
  sent = (user: string, query: c.PageQuery = {}) => this.ask('sent', { user }, query);
  failures = (user: string, query: c.PageQuery = {}) => this.ask('failures', { user }, query);

  listGroups = () => this.ask('listGroups');
  createGroup = (input: c.CreateGroup) => this.ask('createGroup', {}, input);
  changeGroup = (id: string, input: c.ChangeGroup) => this.ask('changeGroup', { id }, input);

  postStatus = (user: string, input: z.input<typeof c.postStatus>) => this.ask('postStatus', { user }, input);
  listChannels = () => this.ask('listChannels');
  createChannel = (input: c.CreateChannel) => this.ask('createChannel', {}, input);
  postInChannel = (id: string, input: z.input<typeof c.postInChannel>) => this.ask('postInChannel', { id }, input);

  listFaults = () => this.ask('listFaults');
  setFault = (input: FaultInput) => this.ask('setFault', {}, input);
  clearFault = (id: string) => this.ask('clearFault', { id });
  clearFaults = () => this.ask('clearFaults');

  getLink = () => this.ask('getLink');
  setLink = (input: c.Link) => this.ask('setLink', {}, input);

  drop = (input: c.Drop = {}) => this.ask('drop', {}, input);
  setListening = (listening: boolean) => this.ask('setListening', {}, { listening });
  /** The media hosts lose all that they have. */
  loseMedia = () => this.ask('loseMedia');
  tellLimit = (user: string, input: c.TellLimit) => this.ask('tellLimit', { user }, input);
  sendDirty = (user: string, kind: c.Dirty['kind']) => this.ask('sendDirty', { user }, { kind });

  /** The first message of a person that fits, of those already seen or still to come; rejects after `ms`. */
  async waitForSeen(user: string, fits: (message: c.SeenMessage) => boolean, ms = 15_000): Promise<c.SeenMessage> {
    const end = performance.now() + ms;
    let after = 0;
    for (;;) {
      const left = Math.max(0, Math.ceil(end - performance.now()));
      const page = await this.seen(user, { after, waitMs: Math.min(left, POLL_MS) });
      const found = page.items.find(fits);
      if (found) return found;
      if (left === 0) throw new Error(`${user} did not see it within ${ms} ms`);
      after = page.next;
    }
  }

  /** Reads again after each change in the sandbox until `holds`; rejects after `ms`. */
  async until<T>(read: () => Promise<T>, holds: (value: T) => boolean, ms = 15_000): Promise<T> {
    const end = performance.now() + ms;
    for (;;) {
      const { revision } = await this.changes();
      const value = await read();
      if (holds(value)) return value;
      const left = Math.max(0, Math.ceil(end - performance.now()));
      if (left === 0) throw new Error(`it did not come true within ${ms} ms; last: ${JSON.stringify(value)}`);
      await this.changes({ after: revision, waitMs: Math.min(left, POLL_MS) });
    }
  }

  private async ask<N extends RouteName>(name: N, params: Params = {}, input?: unknown): Promise<Output<N>> {
    const route: Route = routes[name];
    const path = route.path.replace(/:(user|id)/g, (_, part: keyof Params) => encodeURIComponent(params[part] ?? ''));
    // Below the address, which may be a path of its own: an API that proxies the control.
    const url = new URL(`${this.options.url.replace(/\/$/, '')}${path}`);
    const isQuery = route.method === 'GET';
    if (isQuery) for (const [key, value] of Object.entries(input ?? {})) url.searchParams.set(key, String(value));
    const headers = { authorization: `Bearer ${this.options.token}`, 'content-type': 'application/json' };
    const body = isQuery || input === undefined ? undefined : JSON.stringify(input);
    const response = await fetch(url, { method: route.method, headers, ...(body !== undefined && { body }) });
    const text = await response.text();
    if (!response.ok) throw refusalOf(response.status, text);
    return route.output.parse(text === '' ? undefined : JSON.parse(text)) as Output<N>;
  }
}

function refusalOf(status: number, text: string): Error {
  try {
    const { error } = JSON.parse(text) as c.ControlErrorBody;
    return new ControlError(error.code, error.message, error.details);
  } catch {
    return new Error(`the sandbox answered ${status}: ${text.slice(0, 200)}`);
  }
}
