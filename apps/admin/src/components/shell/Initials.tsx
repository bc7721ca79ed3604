import { cn } from '@/lib/cn';

const tints = [
  'bg-note-wash text-note',
  'bg-good-wash text-good',
  'bg-warn-wash text-warn',
  'bg-accent-wash text-accent',
  'bg-bad-wash text-bad',
];

interface InitialsProps {
  name: string;
  className?: string;
}

/**
 * A round stand-in for a picture: one or two letters on a tint that stays the same for a name. The letters are drawn by
 * CSS, since they are no text of the page.
 */
export const Initials = ({ name, className }: InitialsProps) => (
  <span
    aria-hidden
    data-letters={lettersOf(name)}
    className={cn(
      'grid shrink-0 place-items-center rounded-full font-semibold select-none before:content-[attr(data-letters)]',
      tintOf(name),
      className,
    )}
  />
);

function lettersOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return letters.map((word) => [...(word ?? '')][0]?.toLocaleUpperCase()).join('') || '#';
}

function tintOf(name: string): string {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return tints[sum % tints.length] as string;
}
