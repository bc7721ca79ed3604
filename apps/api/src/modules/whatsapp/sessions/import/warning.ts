/** A program that runs writes its credentials or some key at least this often. */
const QUIET_MS = 10 * 60_000;

/** What a person must know before an imported account goes online. */
export function importWarning(changedAt: Date | undefined, now: Date): string {
  const rule =
    'Stop the program that this session was taken from, for good: WhatsApp throws both out when two use one session.';
  const age = changedAt && now.getTime() - changedAt.getTime();
  if (age === undefined || age > QUIET_MS) return rule;
  const minutes = Math.max(0, Math.round(age / 60_000));
  return `That program seems to be running still: its files were changed ${minutes} minutes ago. ${rule}`;
}
