import { RouteConfig } from '@nestjs/platform-fastify';
import { ARCHIVE_TYPES, MOST_ARCHIVE_BYTES } from '@trunkline/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProblemError } from '../errors/problem.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    archive?: boolean;
  }
}

/** A route whose body is an archive, as bytes. No other route reads one, whatever type a request names. */
export const ArchiveBody = (): MethodDecorator => RouteConfig({ archive: true });

export function readArchives(server: FastifyInstance): void {
  server.addContentTypeParser([...ARCHIVE_TYPES], async (request: FastifyRequest, payload: AsyncIterable<Buffer>) => {
    if (!request.routeOptions.config.archive) {
      throw new ProblemError('validation_failed', 'Send the body as JSON, with Content-Type: application/json.');
    }
    return collect(payload);
  });
}

async function collect(payload: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of payload) {
    if ((bytes += chunk.length) > MOST_ARCHIVE_BYTES) {
      const most = `An archive may have ${MOST_ARCHIVE_BYTES / 1024 / 1024} MB.`;
      throw new ProblemError('validation_failed', most, [{ field: 'body', message: most }]);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
