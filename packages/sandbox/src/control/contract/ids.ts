import { z } from 'zod';

export const phoneNumber = z.string().regex(/^\d{7,15}$/, 'digits only, 7 to 15 of them, with country code');
export const lid = z.string().regex(/^\d{8,18}$/, 'digits only');
/** `:user` in a path. */
export const userId = z.string().regex(/^\d{7,18}$/, 'a number or a LID, digits only');
/** `120363…@g.us`. */
export const groupId = z.string().regex(/^[\d-]+@g\.us$/, 'a group id ends in @g.us');
/** Milliseconds since 1970. */
export const timestamp = z.number().int();
