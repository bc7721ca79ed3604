/** The few shapes of DER (X.690) that a certificate is made of. */

export function tagged(tag: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const length = body.length < 0x80 ? Buffer.of(body.length) : Buffer.of(0x82, body.length >> 8, body.length & 0xff);
  return Buffer.concat([Buffer.of(tag), length, body]);
}

export function sequence(...content: Uint8Array[]): Buffer {
  return tagged(0x30, ...content);
}

export function set(...content: Uint8Array[]): Buffer {
  return tagged(0x31, ...content);
}

export function integer(bytes: Uint8Array): Buffer {
  return tagged(0x02, bytes);
}

export function oid(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, 'hex'));
}

export function octets(content: Uint8Array): Buffer {
  return tagged(0x04, content);
}

export function bits(content: Uint8Array): Buffer {
  return tagged(0x03, Buffer.of(0), content);
}

export function utf8(text: string): Buffer {
  return tagged(0x0c, Buffer.from(text));
}

export const yes = (): Buffer => tagged(0x01, Buffer.of(0xff));

/** UTCTime: two digits of the year, so until 2049. */
export function time(milliseconds: number): Buffer {
  const text = new Date(milliseconds).toISOString().replace(/[-:T]|\.\d+/g, '');
  return tagged(0x17, Buffer.from(text.slice(2)));
}

export function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').replace(/.{1,64}/g, '$&\n');
  return `-----BEGIN ${label}-----\n${lines}-----END ${label}-----\n`;
}
