/** Archives with whatever names a spec wants: a packer of files would not write the bad ones. */
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { Header } from 'tar';

type Files = Record<string, string>;

export function tarGz(files: Files, at: Date): Buffer {
  const blocks = Object.entries(files).flatMap(([path, text]) => {
    const [head, body] = [Buffer.alloc(512), Buffer.from(text)];
    new Header({ path, type: 'File', size: body.length, mtime: at, mode: 0o600 }).encode(head);
    return [head, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

export function zip(files: Files, at: Date): Buffer {
  const [locals, central]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const [name, raw] = [Buffer.from(path), Buffer.from(text)];
    const body = deflateRawSync(raw);
    const shared = sharedFields(raw, body, name, at);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, name, body]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.of(20, 0), shared, rest, name]));
    locals.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(Buffer.concat(central).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...central, end]);
}

/** Version, flags (UTF-8), method (deflate), time, date, CRC, sizes and lengths: the same in both headers. */
function sharedFields(raw: Buffer, body: Buffer, name: Buffer, at: Date): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(0x800, 2);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt16LE((at.getHours() << 11) | (at.getMinutes() << 5), 6);
  fields.writeUInt16LE(((at.getFullYear() - 1980) << 9) | ((at.getMonth() + 1) << 5) | at.getDate(), 8);
  fields.writeUInt32LE(crc32(raw), 10);
  fields.writeUInt32LE(body.length, 14);
  fields.writeUInt32LE(raw.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}
