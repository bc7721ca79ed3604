/** How this account spells itself in a chat: by LID where the chat does, and where it has no number. */
import { jidDecode, type AuthenticationCreds } from 'baileys';

/** This device. */
export function ownDevice({ me }: AuthenticationCreds, byLid: boolean): string {
  if (!me) throw new Error('not linked');
  return byLid && me.lid ? me.lid : me.id;
}

/** The user, without the device. */
export function ownUser(creds: AuthenticationCreds, byLid: boolean): string {
  const decoded = jidDecode(ownDevice(creds, byLid));
  return `${decoded?.user}@${decoded?.server}`;
}

export function isThisDevice({ me }: AuthenticationCreds, jid: string): boolean {
  const device = jidDecode(jid);
  return [me?.id, me?.lid].some((own) => {
    const decoded = jidDecode(own);
    return decoded?.user === device?.user && decoded?.server === device?.server && decoded?.device === device?.device;
  });
}
