import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanFileName } from './file.name.js';

const NASTY = [
  '/',
  '\\',
  '.',
  '..',
  ' ',
  '\0',
  '\r\n',
  '\u202e',
  '\u200f',
  'a',
  'é',
  '写',
  '😀',
  '\ud83d',
  '"',
  '.pdf',
];

describe('a name from somebody else', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['..', ''],
    ['/', ''],
    ['a\u202Egpj.exe', 'agpj.exe'],
    ['line\r\nSet-Cookie: x', 'lineSet-Cookie_ x'],
    ['nul\0.txt', 'nul.txt'],
    ['.htaccess', 'htaccess'],
    ['صورة.jpg', 'صورة.jpg'],
    ['写真 1.png', '写真 1.png'],
    ['a"b<c>.txt', 'a_b_c_.txt'],
  ])('%j becomes %j', (name, clean) => {
    expect(cleanFileName(name)).toBe(clean);
  });

  it('keeps its extension when it is too long', () => {
    const name = cleanFileName(`${'ü'.repeat(400)}.pdf`);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
    expect(name).toMatch(/^ü+\.pdf$/);
  });

  it('never leads anywhere', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...NASTY), { maxLength: 300 }), (parts) => {
        const name = parts.join('');
        const clean = cleanFileName(name);
        // eslint-disable-next-line no-control-regex
        expect(clean).not.toMatch(/[/\\\u0000-\u001f\u202a-\u202e]/);
        expect(clean).not.toMatch(/^\./);
        expect(Buffer.byteLength(clean)).toBeLessThanOrEqual(255);
        expect(cleanFileName(clean)).toBe(clean);
      }),
    );
  });
});
