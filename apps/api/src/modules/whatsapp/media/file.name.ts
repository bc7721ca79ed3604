/**
 * A name for a file that came from somebody else: no path, nothing that a terminal, a file system or an eye is fooled by.
 * Letters of every script stay.
 */

const MOST = 255;
/** Control characters, marks that turn the direction of what follows (a `gpj.exe` that looks like `exe.jpg`), and line ends. */
// eslint-disable-next-line no-control-regex
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;
/** Not allowed in names somewhere. */
const FORBIDDEN = /[<>:"|?*]/g;

/** At either end they hide a file, or are dropped by some systems. */
const trimmed = (name: string): string => name.replace(/^[.\s]+|[.\s]+$/g, '');

/** Empty when nothing is left. */
export function cleanFileName(name: string): string {
  const last = name.toWellFormed().replace(HIDDEN, '').split(/[/\\]/).at(-1) ?? '';
  return shortened(trimmed(last.replace(FORBIDDEN, '_')));
}

/** By bytes, as file systems count; the extension stays. */
function shortened(name: string): string {
  if (Buffer.byteLength(name) <= MOST) return name;
  const extension = /\.[\w-]{1,16}$/.exec(name)?.[0] ?? '';
  const stem = Buffer.from(name.slice(0, name.length - extension.length)).subarray(0, MOST - extension.length);
  return trimmed(`${stem.toString().replace(/\ufffd$/, '')}${extension}`);
}
