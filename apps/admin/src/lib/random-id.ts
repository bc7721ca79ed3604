/**
 * 128 random bits in hex. `crypto.randomUUID` exists on https and localhost only; a dashboard in a home network is
 * neither.
 */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
