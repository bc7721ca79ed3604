/** A person on a phone types three to four characters a second; nobody watches "typing…" for longer than this. */
const MS_PER_CHARACTER = 60;
const LEAST_MS = 800;
const MOST_MS = 10_000;
/** Between half and one and a half of it, so that no two are alike. */
const SPREAD = 0.5;

export function typingMs(characters: number | undefined, random: number): number {
  if (characters === undefined) return 0;
  const usual = Math.min(MOST_MS, Math.max(LEAST_MS, characters * MS_PER_CHARACTER));
  return Math.round(Math.min(MOST_MS, usual * (1 - SPREAD + 2 * SPREAD * random)));
}
