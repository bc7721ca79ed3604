/** Names, abouts and pictures by Baileys' own verbs. */
import { createHash } from 'node:crypto';

export async function portray(socket, me, { name, about, picture }) {
  if (name !== undefined) await socket.updateProfileName(name);
  if (about !== undefined) await socket.updateProfileStatus(about);
  if (picture === null) await socket.removeProfilePicture(me);
  if (picture) await socket.updateProfilePicture(me, Buffer.from(picture, 'base64'));
}

export async function look(socket, jid) {
  const [found] = (await socket.fetchStatus(jid)) ?? [];
  // Nobody's picture is an error to it.
  const url = await socket.profilePictureUrl(jid, 'image').catch(() => undefined);
  return { type: 'looked', jid, about: found?.status?.status ?? '', sha256: url ? await digest(url) : null };
}

async function digest(url) {
  const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
  return createHash('sha256').update(bytes).digest('hex');
}
