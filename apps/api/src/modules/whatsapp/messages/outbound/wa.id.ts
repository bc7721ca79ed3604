import { randomBytes } from 'node:crypto';

/** The form that WhatsApp's web clients give their ids: `3EB0` and 18 upper-case hex characters. */
export const newWaId = (): string => `3EB0${randomBytes(9).toString('hex').toUpperCase()}`;
