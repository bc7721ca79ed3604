/**
 * Links accounts with unpatched Baileys by the real QR path and saves them as its users do (`useMultiFileAuthState`), and
 * beside that as one file for the baseline.
 *
 *   pair { url, rootKey, folder, file }   tells `{ qr, folder }`; answers when linked, logged in and saved
 */
import { writeFileSync } from 'node:fs';
import makeWASocket, {
  BufferJSON,
  WA_CERT_DETAILS,
  initAuthCreds,
  makeCacheableSignalKeyStore,
  proto,
  useMultiFileAuthState,
} from 'baileys';
import { silent } from '../child.mjs';
import { serveLines, tell } from '../lines.mjs';
import { memoryAuth } from './memory.auth.mjs';

/** Resolves when the device is logged in and has nothing more to say; reconnects once, as linking asks. */
async function link(url, creds, keys, folder) {
  for (;;) {
    const again = await new Promise((resolve, reject) => {
      const socket = makeWASocket({
        waWebSocketUrl: url,
        auth: { creds, keys: makeCacheableSignalKeyStore(keys, silent) },
        logger: silent,
        syncFullHistory: false,
        qrTimeout: 120_000,
      });
      const flush = setInterval(() => socket.ev.flush(), 100);
      const end = (value) => {
        clearInterval(flush);
        socket.end(undefined);
        resolve(value);
      };
      socket.ev.on('creds.update', (update) => Object.assign(creds, update));
      socket.ev.on('connection.update', ({ connection, qr, lastDisconnect }) => {
        if (qr) tell({ qr, folder });
        if (connection === 'close') {
          clearInterval(flush);
          if (lastDisconnect?.error?.output?.statusCode === 515) resolve(true);
          else reject(lastDisconnect?.error ?? new Error('closed'));
        }
        // App state keys come from the phone a moment later; with them there is a push name.
        if (connection === 'open') waitForName(creds).then(() => end(false), reject);
      });
    });
    if (!again) return;
  }
}

async function waitForName(creds) {
  for (let tries = 0; tries < 600; tries += 1) {
    if (creds.me?.name) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('no push name within 30 s');
}

WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(process.argv[2], 'hex');

serveLines({
  async pair({ url, folder, file }) {
    const { state, all } = memoryAuth(initAuthCreds(), proto);
    const { creds, keys } = state;
    await link(url, creds, keys, folder);
    const kept = all(); // 812 prekeys: written once, at the end.
    writeFileSync(file, JSON.stringify({ creds, keys: kept }, BufferJSON.replacer));
    const saved = await useMultiFileAuthState(folder);
    Object.assign(saved.state.creds, creds);
    await saved.state.keys.set(kept);
    await saved.saveCreds();
  },
});
