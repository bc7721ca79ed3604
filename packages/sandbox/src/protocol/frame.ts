/**
 * Frames (protocol.md B.1): three bytes of big-endian length, then the payload; one WebSocket message may hold several
 * frames, or a part of one. The client's first bytes are an intro, once for each connection.
 */
import { toBigEndian } from './bytes.js';

/** "WA", protocol 6, dictionary 3: part of the Noise transcript. */
export const INTRO = Uint8Array.of(0x57, 0x41, 0x06, 0x03);
const ROUTING_INTRO = Uint8Array.of(0x45, 0x44, 0x00, 0x01);
/** The largest length that three bytes can say. */
const MAX_FRAME = 0xff_ff_ff;

export function frame(payload: Uint8Array): Buffer {
  if (payload.length > MAX_FRAME) throw new RangeError(`a frame of ${payload.length} bytes`);
  return Buffer.concat([toBigEndian(payload.length, 3), payload]);
}

export class FrameError extends Error {}

/** Takes bytes as they come and gives back whole frames; `routing` is known once the intro was read. */
export class FrameReader {
  routing: Uint8Array | undefined;
  private waiting = Buffer.alloc(0);
  private introduced = false;

  push(bytes: Uint8Array): Buffer[] {
    this.waiting = this.waiting.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.waiting, bytes]);
    if (!this.introduced && !this.readIntro()) return [];
    const frames: Buffer[] = [];
    for (let next = this.take(); next; next = this.take()) frames.push(next);
    return frames;
  }

  private take(): Buffer | undefined {
    if (this.waiting.length < 3) return undefined;
    const end = 3 + this.waiting.readUIntBE(0, 3);
    if (this.waiting.length < end) return undefined;
    const payload = this.waiting.subarray(3, end);
    this.waiting = this.waiting.subarray(end);
    return payload;
  }

  private readIntro(): boolean {
    if (this.waiting.length < 4) return false;
    const header = this.waiting.subarray(0, 4);
    if (header.equals(INTRO)) return this.introduce(4);
    if (!header.equals(ROUTING_INTRO)) throw new FrameError(`unknown intro ${header.toString('hex')}`);
    if (this.waiting.length < 7) return false;
    const end = 7 + this.waiting.readUIntBE(4, 3);
    if (this.waiting.length < end + 4) return false;
    if (!this.waiting.subarray(end, end + 4).equals(INTRO)) throw new FrameError('no intro after the routing bytes');
    this.routing = Uint8Array.from(this.waiting.subarray(7, end));
    return this.introduce(end + 4);
  }

  private introduce(length: number): true {
    this.introduced = true;
    this.waiting = this.waiting.subarray(length);
    return true;
  }
}
