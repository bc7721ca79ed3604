import type { ControlErrorBody } from './contract.js';

export type ControlCode = ControlErrorBody['error']['code'];

export const STATUS: Record<ControlCode, number> = {
  invalid: 400,
  unauthorized: 401,
  not_found: 404,
  conflict: 409,
  bug: 500,
};

/** What the control API answered instead of doing it. */
export class ControlError extends Error {
  override name = 'ControlError';

  constructor(
    readonly code: ControlCode,
    message: string,
    readonly details?: unknown,
  ) {
    super(message);
  }
}
