/** Abouts and pictures by the verbs of zapo-js. */
import { createHash } from 'node:crypto';

export async function portray(client, { name, about, picture }) {
  if (name !== undefined) throw new Error('zapo-js has no verb for its push name');
  if (about !== undefined) await client.profile.setStatus(about);
  if (picture === null) await client.profile.deleteProfilePicture();
  if (picture) await client.profile.setProfilePicture(new Uint8Array(Buffer.from(picture, 'base64')));
}

export async function look(client, jid) {
  const { status } = await client.profile.getStatus(jid);
  // Nobody's picture is an error to it.
  const { url } = await client.profile.getProfilePicture(jid, 'image').catch(() => ({}));
  return { type: 'looked', jid, about: status ?? '', sha256: url ? await digest(url) : null };
}

async function digest(url) {
  const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
  return createHash('sha256').update(bytes).digest('hex');
}
