import { type AuthenticationCreds, BufferJSON, Curve, initAuthCreds, proto } from 'baileys';

/** The files of a linked session, as `useMultiFileAuthState` writes them. */
export function session(phone: string, folder = ''): Record<string, string> {
  const account = proto.ADVSignedDeviceIdentity.fromObject({
    details: Buffer.from('d'),
    accountSignatureKey: Buffer.alloc(32, 7),
    accountSignature: Buffer.alloc(64, 8),
    deviceSignature: Buffer.alloc(64, 9),
  });
  const me = { id: `${phone}:3@s.whatsapp.net`, lid: '66:3@lid', name: 'Shop' };
  const creds: AuthenticationCreds = { ...initAuthCreds(), account, me };
  const text = (value: unknown) => JSON.stringify(value, BufferJSON.replacer);
  return { [`${folder}creds.json`]: text(creds), [`${folder}pre-key-1.json`]: text(Curve.generateKeyPair()) };
}
