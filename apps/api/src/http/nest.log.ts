import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Nest's own words go where ours go: one JSON line each. Its list of routes is of interest to nobody but at `debug`. */
export class NestLog implements LoggerService {
  constructor(private readonly log_: Logger) {}

  log = (message: unknown, ...rest: unknown[]) => this.log_.debug({ context: rest.at(-1) }, String(message));
  debug = (message: unknown, ...rest: unknown[]) => this.log_.trace({ context: rest.at(-1) }, String(message));
  verbose = (message: unknown, ...rest: unknown[]) => this.log_.trace({ context: rest.at(-1) }, String(message));
  warn = (message: unknown, ...rest: unknown[]) => this.log_.warn({ context: rest.at(-1) }, String(message));

  error(message: unknown, ...rest: unknown[]): void {
    const err = message instanceof Error ? message : undefined;
    this.log_.error({ err, context: rest.at(-1) }, err?.message ?? String(message));
  }
}
