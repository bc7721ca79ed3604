/** What a person types to get here: the public address, or this machine's own when it has none. */
export function ownAddress({ publicUrl, host, port }: { publicUrl?: string; host: string; port: number }): string {
  if (publicUrl) return publicUrl;
  // A name rather than a number: passkeys and the like are bound to names.
  const name = ['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host) ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
