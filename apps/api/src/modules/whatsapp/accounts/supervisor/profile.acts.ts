/** What an account sets of its own looks, or of a group's, at WhatsApp and then in the row. */
import { buffer } from 'node:stream/consumers';
import { ProblemError } from '../../../../errors/problem.js';
import type { ProfileCapability, ProfileFailureCode, ProfileResult } from '../../engines/profile.js';
import type { MediaLibrary } from '../../media/files/library.js';
import { ADMINS_ONLY, type ProfileAct } from '../../profiles/profile.act.js';
import type { ProfileStep } from '../../profiles/profile.writer.js';

interface ActParts {
  library: MediaLibrary;
  record(step: ProfileStep): void;
}

/** Throws what the person is to be told. */
export async function doProfileAct(
  profile: ProfileCapability | undefined,
  act: ProfileAct,
  parts: ActParts,
): Promise<void> {
  if (!profile) throw REFUSALS.not_connected();
  if (act.type === 'name') return void done(await profile.setName(act.name));
  if (act.type === 'about') {
    done(await profile.setAbout(act.about));
    return parts.record({ type: 'set', about: act.about });
  }
  const { file, group: of = 'own' as const } = act;
  const { id } = done(await profile.setPicture(of, file && (await read(parts.library, file.sha256))));
  // Whatever WhatsApp calls it: another name is taken for another picture, and that is fetched.
  parts.record({ type: 'set', of, picture: file && { ...file, id: id ?? file.sha256 } });
}

function done<T extends object>(result: ProfileResult<T>): T {
  if (!result.ok) throw REFUSALS[result.code]();
  return result;
}

async function read(library: MediaLibrary, sha256: string): Promise<Uint8Array> {
  const file = await library.open(sha256);
  if (!file) throw new ProblemError('not_found', 'The picture is not in the store any more. Upload it again.');
  return buffer(file);
}

const REFUSALS: Record<ProfileFailureCode, () => ProblemError> = {
  not_connected: () => new ProblemError('conflict', 'The account is not connected.'),
  timed_out: () =>
    new ProblemError('timed_out', 'WhatsApp did not answer in time. Look whether it is done, then try again.'),
  limited: () => new ProblemError('conflict', 'WhatsApp takes no more changes for now. Try again in an hour.'),
  refused: () => new ProblemError('conflict', 'WhatsApp refused it.'),
  forbidden: () => new ProblemError('group_admins_only', ADMINS_ONLY),
  no_keys: () =>
    new ProblemError('conflict', 'The phone has not shared its settings with this device yet. Try again in a moment.'),
  unfit: () => new ProblemError('conflict', 'WhatsApp does not take this picture. Choose another.'),
  unreachable: () => new ProblemError('conflict', 'WhatsApp could not be reached for it. Try again in a moment.'),
};
