import { FileCollector, ImportRefused, type SessionFiles } from './session.files.js';
import { readTarGz } from './tar.archive.js';
import { readZip } from './zip.archive.js';

const ZIP = Buffer.from('PK\x03\x04');
const GZIP = Buffer.of(0x1f, 0x8b);

/**
 * The files of a session in a .zip or .tar.gz of its folder, told apart by their first bytes. Throws `ImportRefused`.
 * @param wanted says of a bare name whether its content is needed
 */
export async function readArchive(bytes: Buffer, wanted: (name: string) => boolean): Promise<SessionFiles> {
  const collector = new FileCollector(wanted);
  if (startsWith(bytes, ZIP)) await readZip(bytes, collector);
  else if (startsWith(bytes, GZIP)) await readTarGz(bytes, collector);
  else throw new ImportRefused('not_a_session', 'Send a .zip or .tar.gz of the folder that Baileys wrote its keys to.');
  return collector.result;
}

const startsWith = (bytes: Buffer, head: Buffer): boolean => bytes.subarray(0, head.length).equals(head);
