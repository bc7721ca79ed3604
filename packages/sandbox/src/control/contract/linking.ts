import { z } from 'zod';

/**
 * The text of a QR, as drawn: the URL, or the bare five fields. `lidOnly` leaves the number out of what the companion
 * is told; `businessName` puts a name into it. Answers when the companion has proved itself; 409 when nobody shows it.
 * @example { "qr": "https://wa.me/settings/linked_devices#2@abc…,noise=,identity=,secret=,1" }
 */
export const scan = z.object({
  qr: z.string().min(20).max(2000),
  lidOnly: z.boolean().optional(),
  businessName: z.string().max(100).optional(),
});
export type Scan = z.infer<typeof scan>;

/**
 * The eight letters shown by the companion; a dash is taken out. 409 when no companion waits for this number's code,
 * or the code is wrong.
 * @example { "code": "ABCD-1234" }
 */
export const typeCode = z.object({
  code: z.string().regex(/^[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}$/),
  lidOnly: z.boolean().optional(),
});
export type TypeCode = z.infer<typeof typeCode>;

/** @example { "device": 1 } */
export const linked = z.object({ device: z.number().int().min(1) });
export type Linked = z.infer<typeof linked>;
