import { createHmac } from 'node:crypto';
import type { AttachedDevice, Node, SandboxNetwork, UserRecord } from '../network/device.js';
import { accountSigned } from '../protocol/adv.js';
import { createKeys, sign, withType } from '../protocol/curve.js';
import { deviceIdentity, signedDeviceIdentity, signedDeviceIdentityHmac } from '../protocol/proto.js';
import { Companion } from './companion.js';

let numbers = 0;

/** A phone in small: it is on the network, notes what it receives, and links a companion. */
export class TestPhone {
  readonly received: Node[] = [];
  readonly user: UserRecord;
  readonly identity = createKeys();
  readonly signedPreKey = createKeys();
  readonly device: AttachedDevice;

  constructor(
    private readonly network: SandboxNetwork,
    user: Partial<UserRecord> = {},
    preKeys = 3,
  ) {
    const n = String(++numbers).padStart(4, '0');
    this.user = { pn: `99901000${n}`, lid: `18432055770${n}`, pushName: `Phone ${n}`, ...user };
    const skey = this.signedPreKey.publicKey;
    const signature = sign(this.identity.privateKey, withType(skey));
    const keys = {
      registrationId: 1000 + numbers,
      identity: this.identity.publicKey,
      signedPreKey: { id: 1, key: skey, signature },
      preKeys: Array.from({ length: preKeys }, (_, index) => ({ id: index + 1, key: createKeys().publicKey })),
    };
    this.device = network.attach(this.user, keys, {
      receive: async (stanza) => void this.received.push(stanza),
    });
    this.device.setOnline(true);
  }

  get jid(): string {
    return `${this.user.pn}@s.whatsapp.net`;
  }

  get lid(): string {
    return `${this.user.lid}@lid`;
  }

  /** Scans: signs the companion's identity and hands the box to the network. */
  async scan(
    companion: Pick<Companion, 'identity' | 'advSecret'>,
    ref: string,
    options: { lidOnly?: boolean; wrong?: boolean } = {},
  ): Promise<number> {
    const { identity, advSecret } = companion;
    const details = deviceIdentity.encode({
      rawId: 5,
      timestamp: 1_700_000_000,
      keyIndex: 1,
      accountType: 0,
      deviceType: 0,
    });
    const signer = options.wrong ? createKeys() : this.identity;
    const accountSignature = sign(signer.privateKey, accountSigned(details, identity.publicKey));
    const accountSignatureKey = this.identity.publicKey;
    const signed = signedDeviceIdentity.encode({ details, accountSignatureKey, accountSignature });
    const hmac = createHmac('sha256', advSecret).update(signed).digest();
    const box = signedDeviceIdentityHmac.encode({ details: signed, hmac });
    const { lidOnly } = options;
    const input = { ref, phone: this.user, keyIndex: 1, box, accountSignatureKey, details };
    const { device } = await this.network.completePairing({ ...input, ...(lidOnly !== undefined && { lidOnly }) });
    return device;
  }

  /** A companion of this phone, linked, and disconnected as the server wants it. */
  async link(url: string, rootKey: Uint8Array, options: { lidOnly?: boolean } = {}): Promise<Companion> {
    const companion = new Companion(url, rootKey);
    const { refs } = await companion.showQr();
    await Promise.all([this.scan(companion, refs[0] ?? '', options), companion.prove()]);
    await companion.closed();
    return companion;
  }
}
