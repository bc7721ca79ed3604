import fc from 'fast-check';
import { expect, it } from 'vitest';
import { marked, type Piece, unmarked } from './marked-text';

const shown = (pieces: Piece[]): string =>
  pieces
    .map((piece) => {
      if ('pieces' in piece) return `<${piece.type}>${shown(piece.pieces)}</>`;
      return piece.type === 'text' ? piece.text : `<${piece.type}>${piece.text}</>`;
    })
    .join('');

it.each([
  ['plain', 'plain'],
  ['*bold*', '<bold>bold</>'],
  ['a *b* _c_ ~d~.', 'a <bold>b</> <italic>c</> <struck>d</>.'],
  ['*_both_*', '<bold><italic>both</></>'],
  ['2*3*4 and snake_case_name', '2*3*4 and snake_case_name'],
  ['* not bold *', '* not bold *'],
  ['*not\nover lines*', '*not\nover lines*'],
  ['`*code*` ```a\nb```', '<code>*code*</> <code>a\nb</>'],
  [
    'see https://a.example/x_y_z?q=1, or http://b.example.',
    'see <link>https://a.example/x_y_z?q=1</>, or <link>http://b.example</>.',
  ],
  ['javascript:alert(1) <b>no</b>', 'javascript:alert(1) <b>no</b>'],
])('draws %j', (text, drawn) => {
  expect(shown(marked(text))).toBe(drawn);
});

const written = (pieces: Piece[]): string =>
  pieces
    .map((piece) => {
      if (piece.type === 'code') return piece.block ? `\`\`\`${piece.text}\`\`\`` : `\`${piece.text}\``;
      if (!('pieces' in piece)) return piece.text;
      const mark = { bold: '*', italic: '_', struck: '~' }[piece.type];
      return `${mark}${written(piece.pieces)}${mark}`;
    })
    .join('');

it('loses nothing of any text, and links to http alone', () => {
  const texts = fc.array(fc.constantFrom('*', '_', '~', '`', ' ', '\n', 'a', 'é', '🎉', 'http://a.b/c', '.', '```'));
  fc.assert(
    fc.property(texts, (parts) => {
      const pieces = marked(parts.join(''));
      expect(written(pieces)).toBe(parts.join(''));
    }),
  );
});

it('takes a long text of marks in a moment', () => {
  const started = performance.now();
  marked('*_~'.repeat(20_000));
  marked('*a '.repeat(5_000));
  expect(performance.now() - started).toBeLessThan(2_000);
});

it('says the words alone where marks are not drawn', () => {
  const text = 'Is the *blue _one_* there? `x*y*z` https://a.example/_b_c 2*3*4 ~gone~';
  expect(unmarked(text)).toBe('Is the blue one there? x*y*z https://a.example/_b_c 2*3*4 gone');
});
