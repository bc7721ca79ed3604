/** When a message may leave, as the API takes it. */
export interface Timing {
  notBefore?: string;
  notAfter?: string;
}

/** From what two fields of local time hold; or which of them is wrong. `now` in milliseconds since 1970. */
export function timingOf(from: string, until: string, now: number): Timing | { wrong: 'from' | 'until' } {
  const begin = Date.parse(from);
  if (Number.isNaN(begin) || begin <= now) return { wrong: 'from' };
  const notBefore = new Date(begin).toISOString();
  if (until === '') return { notBefore };
  const end = Date.parse(until);
  if (Number.isNaN(end) || end <= begin) return { wrong: 'until' };
  return { notBefore, notAfter: new Date(end).toISOString() };
}
