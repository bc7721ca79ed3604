/** The file of a form, as a stream: it is read while it arrives, and its first part is the only one that counts. */
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProblemError } from '../../../errors/problem.js';
import type { OfferedFile } from './media.service.js';

/** Forms are understood where a file is asked for, and nowhere else: the routes of the API take JSON alone. */
export async function readForms(server: FastifyInstance): Promise<void> {
  await server.register(multipart, { throwFileSizeLimit: false });
}

export async function offeredFile(request: FastifyRequest, mostBytes: number): Promise<OfferedFile> {
  if (!request.isMultipart()) throw missing('Send it as multipart/form-data, in a field called file.');
  const limits = { fields: 0, files: 1, fileSize: mostBytes + 1, headerPairs: 50 };
  const part = await request.file({ limits }).catch(() => undefined);
  if (!part) throw missing('There is no file in the form.');
  return { name: part.filename, mime: part.mimetype, bytes: part.file };
}

const missing = (message: string): ProblemError =>
  new ProblemError('validation_failed', message, [{ field: 'file', message }]);
