/** Given to people who are created without a name. */
const FIRST_NAMES = [
  ['Ada', 'Bruno', 'Chiara', 'Dmitri', 'Elif', 'Farid', 'Grace', 'Hugo', 'Ines', 'Jonas', 'Kavya', 'Leon'],
  ['Maya', 'Nils', 'Olga', 'Pablo', 'Quinn', 'Rosa', 'Samir', 'Tala', 'Umar', 'Vera', 'Wanda', 'Yusuf'],
].flat();

/** The `index`-th name, from 1; after the last one they begin anew, with a number. */
export function nameOf(index: number): string {
  const round = Math.floor((index - 1) / FIRST_NAMES.length);
  const name = FIRST_NAMES[(index - 1) % FIRST_NAMES.length] ?? '';
  return round === 0 ? name : `${name} ${round + 1}`;
}
