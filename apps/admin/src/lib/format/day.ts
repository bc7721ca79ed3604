/** Whether two instants fall on one calendar day where the viewer is. */
export function sameDay(a: string | number, b: string | number): boolean {
  const [one, other] = [new Date(a), new Date(b)];
  return (
    one.getFullYear() === other.getFullYear() &&
    one.getMonth() === other.getMonth() &&
    one.getDate() === other.getDate()
  );
}

/** `today`, `yesterday`, `week` (within the last six days) or `older`. */
export function dayKind(instant: string | number, now: number): 'today' | 'yesterday' | 'week' | 'older' {
  if (sameDay(instant, now)) return 'today';
  const midnight = new Date(now);
  midnight.setHours(0, 0, 0, 0);
  const at = new Date(instant).getTime();
  const daysBefore = (days: number) => new Date(midnight).setDate(midnight.getDate() - days);
  if (at >= daysBefore(1) && at < midnight.getTime()) return 'yesterday';
  return at >= daysBefore(6) && at < midnight.getTime() ? 'week' : 'older';
}
