import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { ERROR_CODES, type ErrorCode, errorSchema } from '@trunkline/contracts';
import type { z } from 'zod';

export interface VerbOptions {
  /** One line, as in a list. */
  summary: string;
  description?: string;
  /** 200 unless told; without `answer` 204. */
  status?: number;
  answer?: z.ZodType;
  /** Headers of the answer that mean something. */
  headers?: Record<string, { description: string; schema: { type: 'string' } }>;
  /** What it may refuse besides what every route may (`COMMON` in document.ts). */
  errors?: readonly ErrorCode[];
}

/** Says of a route what the document tells: what it is for, what it answers, and how it refuses. */
export function Verb({ summary, description, answer, headers, errors = [], ...rest }: VerbOptions): MethodDecorator {
  const status = rest.status ?? (answer ? 200 : 204);
  return applyDecorators(
    HttpCode(status),
    ApiOperation({ summary, description }),
    ApiResponse({ status, description: answer ? 'Done.' : 'Done; no body.', standardSchema: answer, headers }),
    ...refusals(errors),
  );
}

function refusals(codes: readonly ErrorCode[]): MethodDecorator[] {
  const statuses = new Set(codes.map((code) => ERROR_CODES[code]));
  return [...statuses].map((status) => {
    const these = codes.filter((code) => ERROR_CODES[code] === status);
    return ApiResponse({ status, description: describeCodes(these), standardSchema: errorSchema });
  });
}

export function describeCodes(codes: readonly ErrorCode[]): string {
  return `Refused: ${codes.map((code) => `\`${code}\``).join(', ')}.`;
}
