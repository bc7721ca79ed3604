import { z } from 'zod';

/** One variable of the environment: how its text is read, and what is said when it cannot be. */
export interface Variable<T = unknown> {
  /** From the text of the variable; undefined when it is unset or empty. */
  schema: z.ZodType<T, string | undefined>;
  /** Completes the sentence "It must be …". */
  allowed: string;
  /** Its value is never shown. */
  secret?: true;
}

export function variable<T>(allowed: string, schema: z.ZodType<T, string | undefined>): Variable<T> {
  return { schema, allowed };
}

export function secret<T>(allowed: string, schema: z.ZodType<T, string | undefined>): Variable<T> {
  return { schema, allowed, secret: true };
}

/** A whole number in bounds; its absence is `fallback`. */
export function wholeNumber(least: number, most: number, fallback: number) {
  return text(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most))
    .or(z.undefined().transform(() => fallback));
}

/** One of some words; its absence is `fallback`. */
export function oneOf<const W extends readonly [string, ...string[]]>(words: W, fallback: W[number]) {
  return z
    .enum(words)
    .or(z.undefined())
    .transform((word): W[number] => word ?? fallback);
}

export function onOff() {
  return z.enum(['on', 'off']).transform((word) => word === 'on');
}

export function text(pattern: RegExp) {
  return z.string().regex(pattern);
}

/** An address of one of the schemes (with colon), as typed, without a slash at its end. */
export function address(...schemes: string[]) {
  return z
    .string()
    .refine((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol))
    .transform((value) => value.replace(/\/$/, ''));
}

/** Key bytes in hex or base64. */
export function keyList(length: number) {
  return z.string().transform((value, context) => {
    const keys = value.split(',').map((each) => keyBytes(each.trim(), length));
    if (keys.every((key) => key !== undefined)) return keys;
    context.addIssue({ code: 'custom', message: 'wrong length' });
    return z.NEVER;
  });
}

export function keyBytes(value: string, length: number): Buffer | undefined {
  const bytes = Buffer.from(value, /^[0-9a-f]+$/i.test(value) && value.length === length * 2 ? 'hex' : 'base64');
  return bytes.length === length && /^[\w+/=-]+$/.test(value) ? bytes : undefined;
}
