import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Logger } from 'pino';
import { problemReply } from './problem.reply.js';

/** The one mapper from errors to HTTP: for Nest's routes, and for what Fastify and the door refuse before them. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #reply;

  constructor(log: Logger) {
    this.#reply = problemReply(log);
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.#reply(error, http.getRequest(), http.getResponse());
  }
}
