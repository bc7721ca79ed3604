/** Frames on the WebSocket: three bytes of length, then so much (protocol.md B.1). One message may hold several, or a part of one. */
const HEAD = 3;

export function frame(content: Uint8Array, intro: Uint8Array = new Uint8Array(0)): Buffer {
  const bytes = Buffer.allocUnsafe(intro.length + HEAD + content.length);
  bytes.set(intro);
  bytes.writeUIntBE(content.length, intro.length, HEAD);
  bytes.set(content, intro.length + HEAD);
  return bytes;
}

/** What is before the first frame of a connection: the route that the server wished for, and the protocol. */
export function introOf(protocol: Uint8Array, route: Uint8Array | undefined): Buffer {
  if (!route) return Buffer.from(protocol);
  return Buffer.concat([Buffer.from([0x45, 0x44, 0, 1]), frame(route), protocol]);
}

export class FrameReader {
  private rest: Buffer = Buffer.alloc(0);

  *read(data: Buffer): Generator<Buffer> {
    this.rest = this.rest.length > 0 ? Buffer.concat([this.rest, data]) : data;
    while (this.rest.length >= HEAD) {
      const end = HEAD + this.rest.readUIntBE(0, HEAD);
      if (this.rest.length < end) return;
      const content = this.rest.subarray(HEAD, end);
      this.rest = this.rest.subarray(end);
      yield content;
    }
  }
}

/** Without the intro and the head that Baileys has put before it. */
export const contentOf = (bytes: Uint8Array, introBytes: number): Uint8Array => bytes.subarray(introBytes + HEAD);
