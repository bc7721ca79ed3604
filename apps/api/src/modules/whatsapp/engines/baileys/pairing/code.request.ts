/**
 * Asks for linking by code (protocol.md B.4b, steps 1 and 2). Baileys sends the same stanza and does not look at the
 * answer, so a bad number or a rate limit would show a code that no phone takes. What the phone answers is worked on by
 * Baileys, which needs the code and the number in its credentials; they are not stored before the phone has confirmed.
 */
import { randomBytes } from 'node:crypto';
import {
  aesEncryptCTR,
  bytesToCrockford,
  derivePairingCodeKey,
  getCompanionPlatformId,
  type AuthenticationCreds,
  type BinaryNode,
  type WABrowserDescription,
} from 'baileys';
import { phoneJid, type PhoneDigits } from '../../../jid.js';
import { SERVER, type Answer, type Wire } from '../connection/wire.js';

const CODE_BYTES = 5;

export type CodeAnswer = { ok: true; code: string } | (Answer & { ok: false });

export async function requestCode(
  wire: Wire,
  creds: AuthenticationCreds,
  phone: PhoneDigits,
  browser: WABrowserDescription,
): Promise<CodeAnswer> {
  const code = bytesToCrockford(randomBytes(CODE_BYTES));
  creds.pairingCode = code;
  creds.me = { id: phoneJid(phone), name: '~' };
  const answer = await wire.ask(hello(creds, browser, await wrapKey(code, creds.pairingEphemeralKeyPair.public)));
  return answer.ok ? { ok: true, code } : answer;
}

async function wrapKey(code: string, key: Uint8Array): Promise<Uint8Array> {
  const [salt, iv] = [randomBytes(32), randomBytes(16)];
  return Buffer.concat([salt, iv, aesEncryptCTR(key, await derivePairingCodeKey(code, salt), iv)]);
}

function hello({ me, noiseKey }: AuthenticationCreds, browser: WABrowserDescription, wrapped: Uint8Array): BinaryNode {
  const [os, name] = browser;
  const content: BinaryNode[] = [
    { tag: 'link_code_pairing_wrapped_companion_ephemeral_pub', attrs: {}, content: wrapped },
    { tag: 'companion_server_auth_key_pub', attrs: {}, content: noiseKey.public },
    { tag: 'companion_platform_id', attrs: {}, content: getCompanionPlatformId(browser) },
    { tag: 'companion_platform_display', attrs: {}, content: `${name} (${os})` },
    { tag: 'link_code_pairing_nonce', attrs: {}, content: '0' },
  ];
  const attrs = { jid: me?.id ?? '', stage: 'companion_hello', should_show_push_notification: 'true' };
  return {
    tag: 'iq',
    attrs: { to: SERVER, type: 'set', xmlns: 'md' },
    content: [{ tag: 'link_code_companion_reg', attrs, content }],
  };
}
