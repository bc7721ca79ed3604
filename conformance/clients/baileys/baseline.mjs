/**
 * The baseline of the benchmarks: unpatched Baileys as its users run it. One process, silent logger, credentials and keys in
 * a cached in-memory store, group metadata cached.
 *
 *   load { url, rootKey, files }        reads one saved account per file; answers how many
 *   connect                             all at once; answers when all are open
 *   send { jobs: [{ file, to, texts }], inFlight }   each account has `inFlight` sends under way; answers when all were handed in
 *   close                               ends every socket and keeps the state
 */
import { readFileSync } from 'node:fs';
import makeWASocket, { BufferJSON, WA_CERT_DETAILS, makeCacheableSignalKeyStore, proto } from 'baileys';
import { silent } from '../child.mjs';
import { serveLines } from '../lines.mjs';
import { memoryAuth } from './memory.auth.mjs';

const accounts = new Map();
let url;

function loadAccount(file) {
  const { creds, keys } = JSON.parse(readFileSync(file, 'utf8'), BufferJSON.reviver);
  const auth = memoryAuth(creds, proto);
  auth.state.keys.set(keys);
  auth.state.keys = makeCacheableSignalKeyStore(auth.state.keys, silent);
  return { auth, groups: new Map(), socket: undefined };
}

function connectAccount(account) {
  return new Promise((resolve, reject) => {
    const socket = makeWASocket({
      waWebSocketUrl: url,
      auth: account.auth.state,
      logger: silent,
      syncFullHistory: false,
      cachedGroupMetadata: async (id) => account.groups.get(id),
    });
    account.socket = socket;
    socket.ev.on('creds.update', account.auth.save);
    socket.ev.on('connection.update', ({ connection, lastDisconnect }) => {
      if (connection === 'open') resolve();
      if (connection === 'close') reject(lastDisconnect?.error ?? new Error('closed'));
    });
  });
}

async function sendAll({ file, to, texts }, inFlight) {
  const account = accounts.get(file);
  if (to.endsWith('@g.us') && !account.groups.has(to)) account.groups.set(to, await account.socket.groupMetadata(to));
  const left = texts.values();
  const lane = async () => {
    for (const text of left) await account.socket.sendMessage(to, { text });
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
}

serveLines({
  load({ url: address, rootKey, files }) {
    WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(rootKey, 'hex');
    url = address;
    for (const file of files) accounts.set(file, loadAccount(file));
    return accounts.size;
  },
  connect: () => Promise.all([...accounts.values()].map(connectAccount)).then(() => accounts.size),
  send: ({ jobs, inFlight }) => Promise.all(jobs.map((job) => sendAll(job, inFlight))).then(() => null),
  close: () => void [...accounts.values()].forEach(({ socket }) => socket?.end(undefined)),
});
