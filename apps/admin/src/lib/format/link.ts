/** Where a link leads, as a person reads it; undefined for what no browser should open. */
export function hostOf(link: string): string | undefined {
  if (!URL.canParse(link)) return undefined;
  const { protocol, host } = new URL(link);
  return protocol === 'http:' || protocol === 'https:' ? host : undefined;
}
