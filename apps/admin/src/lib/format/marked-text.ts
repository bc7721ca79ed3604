/**
 * WhatsApp's marks in a text, as a tree to be drawn: `*bold*`, `_italic_`, `~struck~`, a code span or block in backticks,
 * and links. Nothing of a text is ever markup: what is not a mark stays as it was written. A mark opens at a word's
 * beginning and closes at a word's end, within one line.
 */
export type Piece =
  | { type: 'text'; text: string }
  | { type: 'link'; text: string; href: string }
  | { type: 'code'; text: string; block: boolean }
  | { type: 'bold' | 'italic' | 'struck'; pieces: Piece[] };

const MARKS = { '*': 'bold', _: 'italic', '~': 'struck' } as const;
/** Beyond these a text is drawn as it stands: nobody writes so, and a program must not make the page slow. */
const DEEPEST = 4;
const MOST_PIECES = 400;

export function marked(text: string, depth = 0): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  while (pieces.length < MOST_PIECES) {
    const found = firstOf(text, at, depth);
    if (!found) break;
    pieces.push(...plain(text.slice(at, found.start)), found.piece);
    at = found.end;
  }
  return [...pieces, ...plain(text.slice(at))];
}

/** What it says without its marks: for one line that stands for it. */
export const unmarked = (text: string): string => marked(text).map(wordsOf).join('');

function wordsOf(piece: Piece): string {
  return 'pieces' in piece ? piece.pieces.map(wordsOf).join('') : piece.text;
}

interface Found {
  start: number;
  end: number;
  piece: Piece;
}

const plain = (text: string): Piece[] => (text ? [{ type: 'text', text }] : []);

/** The mark that begins first. */
function firstOf(text: string, from: number, depth: number): Found | undefined {
  const all = [codeIn(text, from), linkIn(text, from), ...(depth < DEEPEST ? [markIn(text, from, depth)] : [])];
  return all.filter((found) => found !== undefined).sort((a, b) => a.start - b.start)[0];
}

const CODE = /```([^`]{1,5000})```|`([^`\n]{1,500})`/g;
const LINK = /\bhttps?:\/\/[^\s<>"]{0,2000}[^\s<>".,;:!?)\]}'*_~]/gi;
const MARK = /(?<![\p{L}\p{N}*_~])([*_~])(?=\S)([^\n]{0,500}?\S)\1(?![\p{L}\p{N}])/gu;

function find(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
}

function codeIn(text: string, from: number): Found | undefined {
  const found = find(CODE, text, from);
  return found
    ? at(found, { type: 'code', text: found[1] ?? found[2] ?? '', block: found[1] !== undefined })
    : undefined;
}

function linkIn(text: string, from: number): Found | undefined {
  const found = find(LINK, text, from);
  return found && URL.canParse(found[0]) ? at(found, { type: 'link', text: found[0], href: found[0] }) : undefined;
}

function markIn(text: string, from: number, depth: number): Found | undefined {
  const found = find(MARK, text, from);
  if (!found) return undefined;
  const type = MARKS[found[1] as keyof typeof MARKS];
  return at(found, { type, pieces: marked(found[2] ?? '', depth + 1) });
}

const at = ({ index, 0: whole }: RegExpExecArray, piece: Piece): Found => ({
  start: index,
  end: index + whole.length,
  piece,
});
