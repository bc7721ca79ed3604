/**
 * The routes of the control API: one table that the server answers from and the client calls by. Every request carries
 * `Authorization: Bearer <token>`; bodies and answers are JSON; an answer without a body is 204.
 */
import { z } from 'zod';
import * as c from './contract.js';

const nothing = z.undefined();

export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  path: string;
  /** Of a GET the query, else the body. */
  input: z.ZodType;
  output: z.ZodType;
}

export const routes = {
  status: { method: 'GET', path: '/status', input: nothing, output: c.status },
  counts: { method: 'GET', path: '/counts', input: nothing, output: c.counts },
  changes: { method: 'GET', path: '/changes', input: c.pageQuery, output: c.changes },

  listPhones: { method: 'GET', path: '/phones', input: nothing, output: z.array(c.phone) },
  createPhone: { method: 'POST', path: '/phones', input: c.createPhone, output: c.phone },
  getPhone: { method: 'GET', path: '/phones/:user', input: nothing, output: c.phone },
  changePhone: { method: 'PATCH', path: '/phones/:user', input: c.changePhone, output: c.phone },
  scan: { method: 'POST', path: '/phones/:user/scan', input: c.scan, output: c.linked },
  typeCode: { method: 'POST', path: '/phones/:user/code', input: c.typeCode, output: c.linked },
  unlink: { method: 'POST', path: '/phones/:user/unlink', input: c.linked, output: c.phone },
  ban: { method: 'PUT', path: '/phones/:user/ban', input: c.createBan, output: c.phone },
  liftBan: { method: 'DELETE', path: '/phones/:user/ban', input: nothing, output: c.phone },
  changeNumber: { method: 'POST', path: '/phones/:user/number', input: c.changeNumber, output: c.phone },

  phoneChats: { method: 'GET', path: '/phones/:user/chats', input: nothing, output: c.phoneChats },
  markChat: { method: 'PATCH', path: '/phones/:user/chats', input: c.markChat, output: c.phoneChats },
  starMessage: { method: 'POST', path: '/phones/:user/stars', input: c.starMessage, output: c.phoneChats },

  listPeople: { method: 'GET', path: '/people', input: nothing, output: z.array(c.person) },
  createPerson: { method: 'POST', path: '/people', input: c.createPerson, output: c.person },
  getPerson: { method: 'GET', path: '/people/:user', input: nothing, output: c.person },
  changePerson: { method: 'PATCH', path: '/people/:user', input: c.changePerson, output: c.person },
  /** These sixteen work for phones, too: `:user` is any number or LID of the sandbox. */
  write: { method: 'POST', path: '/people/:user/messages', input: c.write, output: c.written },
  sendMedia: { method: 'POST', path: '/people/:user/media', input: c.sendMedia, output: c.written },
  say: { method: 'POST', path: '/people/:user/said', input: c.say, output: c.written },
  show: { method: 'POST', path: '/people/:user/show', input: c.show, output: nothing },
  call: { method: 'POST', path: '/people/:user/calls', input: c.call, output: c.called },
  answered: { method: 'GET', path: '/people/:user/calls', input: nothing, output: c.answered },
  appear: { method: 'POST', path: '/people/:user/appear', input: c.appear, output: nothing },
  shown: { method: 'GET', path: '/people/:user/shown', input: nothing, output: c.shown },
  react: { method: 'POST', path: '/people/:user/reactions', input: c.react, output: c.written },
  read: { method: 'POST', path: '/people/:user/read', input: c.read, output: nothing },
  getPicture: { method: 'GET', path: '/people/:user/picture', input: nothing, output: c.picture },
  setPicture: { method: 'PUT', path: '/people/:user/picture', input: c.setPicture, output: c.picture },
  look: { method: 'POST', path: '/people/:user/look', input: c.look, output: c.looked },
  seen: { method: 'GET', path: '/people/:user/seen', input: c.pageQuery, output: c.seenPage },
  sent: { method: 'GET', path: '/people/:user/sent', input: c.pageQuery, output: c.sentPage },
  failures: { method: 'GET', path: '/people/:user/failures', input: c.pageQuery, output: c.failurePage },

  listGroups: { method: 'GET', path: '/groups', input: nothing, output: z.array(c.group) },
  createGroup: { method: 'POST', path: '/groups', input: c.createGroup, output: c.group },
  changeGroup: { method: 'PATCH', path: '/groups/:id', input: c.changeGroup, output: c.group },

  postStatus: { method: 'POST', path: '/people/:user/status', input: c.postStatus, output: c.written },
  listChannels: { method: 'GET', path: '/channels', input: nothing, output: z.array(c.channel) },
  createChannel: { method: 'POST', path: '/channels', input: c.createChannel, output: c.channel },
  postInChannel: { method: 'POST', path: '/channels/:id/posts', input: c.postInChannel, output: c.written },

  listFaults: { method: 'GET', path: '/faults', input: nothing, output: z.array(c.standingFault) },
  setFault: { method: 'POST', path: '/faults', input: c.fault, output: c.standingFault },
  clearFault: { method: 'DELETE', path: '/faults/:id', input: nothing, output: nothing },
  clearFaults: { method: 'DELETE', path: '/faults', input: nothing, output: nothing },

  getLink: { method: 'GET', path: '/link', input: nothing, output: c.link },
  setLink: { method: 'PUT', path: '/link', input: c.link, output: c.link },
  drop: { method: 'POST', path: '/drop', input: c.drop, output: c.dropped },
  setListening: { method: 'PUT', path: '/listening', input: c.listening, output: c.listening },
  loseMedia: { method: 'POST', path: '/media/lose', input: nothing, output: c.lost },
  tellLimit: { method: 'POST', path: '/phones/:user/limits', input: c.tellLimit, output: nothing },
  sendDirty: { method: 'POST', path: '/phones/:user/dirty', input: c.dirty, output: nothing },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
