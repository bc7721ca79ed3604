import { randomInt } from 'node:crypto';

/** No country has a code that begins so: +999 is kept free by the ITU. Sandbox numbers are 13 digits. */
export const SANDBOX_NUMBER_PREFIX = '9990';
const LENGTH = 13;

/** True for numbers of the range that the sandbox hands out, which no telephone in the world has. */
export function isSandboxNumber(number: string): boolean {
  return number.length === LENGTH && number.startsWith(SANDBOX_NUMBER_PREFIX) && /^\d+$/.test(number);
}

/** The `index`-th number of the range, from 1. */
export function sandboxNumber(index: number): string {
  return SANDBOX_NUMBER_PREFIX + String(index).padStart(LENGTH - SANDBOX_NUMBER_PREFIX.length, '0');
}

/** A LID tells nothing about the number: 15 random digits. */
export function randomLid(): string {
  return `1${randomInt(10 ** 6, 10 ** 7)}${randomInt(10 ** 6, 10 ** 7)}`;
}
