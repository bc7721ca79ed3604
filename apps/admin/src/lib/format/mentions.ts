import type { Mention } from '@trunkline/contracts';
import { digitsOf, formatPhone } from './phone';

export interface Part {
  text: string;
  /** Who is named by it. */
  mention?: Mention;
}

/** A text in parts: words, and people who are named in it. What looks like a mention and is none stays as it was written. */
export function mentionsIn(text: string, mentions: readonly Mention[]): Part[] {
  if (mentions.length === 0) return [{ text }];
  const parts = text.split(/(@\d+)/).filter((part) => part !== '');
  return parts.map((part) => {
    const mention = part.startsWith('@') ? mentions.find((each) => isNamed(each, part.slice(1))) : undefined;
    return mention ? { text: part, mention } : { text: part };
  });
}

const isNamed = ({ phoneNumber, lid }: Mention, digits: string): boolean =>
  lid === digits || (phoneNumber !== null && digitsOf(phoneNumber) === digits);

export interface MentionWords {
  you: string;
  /** For who is known by an address alone that says nothing to anybody. */
  hidden: string;
}

/**
 * A text with names instead of digits, for one line that stands for it. What is put in is kept apart from the words around
 * it, whatever their direction: a number reads from left to right in every language.
 */
export function withNames(text: string, mentions: readonly Mention[], words: MentionWords): string {
  return mentionsIn(text, mentions)
    .map((part) => (part.mention ? `@${isolated(part.mention, words)}` : part.text))
    .join('');
}

const [LEFT_TO_RIGHT, AS_IT_READS, END] = ['\u2066', '\u2068', '\u2069'];

function isolated({ name, phoneNumber, me }: Mention, { you, hidden }: MentionWords): string {
  if (me) return you;
  if (name) return `${AS_IT_READS}${name}${END}`;
  return phoneNumber === null ? hidden : `${LEFT_TO_RIGHT}${formatPhone(phoneNumber)}${END}`;
}
