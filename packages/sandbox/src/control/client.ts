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

  status = () => this.call('status');
  counts = () => this.call('counts');
  changes = (query: c.PageQuery = {}) => this.call('changes', {}, query);

  listPhones = () => this.call('listPhones');
  createPhone = (input: c.CreatePhone = {}) => this.call('createPhone', {}, input);
  getPhone = (user: string) => this.call('getPhone', { user });
  changePhone = (user: string, input: c.ChangePhone) => this.call('changePhone', { user }, input);
  scan = (user: string, input: c.Scan) => this.call('scan', { user }, input);
  typeCode = (user: string, input: c.TypeCode) => this.call('typeCode', { user }, input);
  unlink = (user: string, device: number) => this.call('unlink', { user }, { device });
  ban = (user: string, input: c.CreateBan) => this.call('ban', { user }, input);
  liftBan = (user: string) => this.call('liftBan', { user });
  changeNumber = (user: string, input: c.ChangeNumber = {}) => this.call('changeNumber', { user }, input);

  listPeople = () => this.call('listPeople');
  createPerson = (input: c.CreatePerson = {}) => this.call('createPerson', {}, input);
  getPerson = (user: string) => this.call('getPerson', { user });
  changePerson = (user: string, input: c.ChangePerson) => this.call('changePerson', { user }, input);
  write = (user: string, input: c.Write) => this.call('write', { user }, input);
  sendMedia = (user: string, input: z.input<typeof c.sendMedia>) => this.call('sendMedia', { user }, input);
  say = (user: string, input: z.input<typeof c.say>) => this.call('say', { user }, input);
  show = (user: string, input: c.Show) => this.call('show', { user }, input);
  appear = (user: string, online: boolean) => this.call('appear', { user }, { online });
  shown = (user: string) => this.call('shown', { user });
  react = (user: string, input: c.React) => this.call('react', { user }, input);
  read = (user: string, input: c.Read = {}) => this.call('read', { user }, input);
  seen = (user: string, query: c.PageQuery = {}) => this.call('seen', { user }, query);
  sent = (user: string, query: c.PageQuery = {}) => this.call('sent', { user }, query);
  failures = (user: string, query: c.PageQuery = {}) => this.call('failures', { user }, query);

  listGroups = () => this.call('listGroups');
  createGroup = (input: c.CreateGroup) => this.call('createGroup', {}, input);
  changeGroup = (id: string, input: c.ChangeGroup) => this.call('changeGroup', { id }, input);

  listFaults = () => this.call('listFaults');
  setFault = (input: FaultInput) => this.call('setFault', {}, input);
  clearFault = (id: string) => this.call('clearFault', { id });
  clearFaults = () => this.call('clearFaults');

  getLink = () => this.call('getLink');
  setLink = (input: c.Link) => this.call('setLink', {}, input);

  drop = (input: c.Drop = {}) => this.call('drop', {}, input);
  setListening = (listening: boolean) => this.call('setListening', {}, { listening });
  /** The media hosts lose all that they have. */
  loseMedia = () => this.call('loseMedia');
  sendDirty = (user: string, kind: c.Dirty['kind']) => this.call('sendDirty', { user }, { kind });

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

  private async call<N extends RouteName>(name: N, params: Params = {}, input?: unknown): Promise<Output<N>> {
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
