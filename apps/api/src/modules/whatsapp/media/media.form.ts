/** The file of a form, as a stream: it is read while it arrives, and its first part is the only one that counts. */
import multipart, { type MultipartFields } from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProblemError } from '../../../errors/problem.js';
import type { OfferedFile } from './media.service.js';

/** Forms are understood where a file is asked for, and nowhere else: the routes of the API take JSON alone. */
export async function readForms(server: FastifyInstance): Promise<void> {
  await server.register(multipart, { throwFileSizeLimit: false });
}

/** Characters: a poster of 96 KB in base64. */
const MOST_POSTER = 131_072;

export async function offeredFile(request: FastifyRequest, mostBytes: number): Promise<OfferedFile> {
  if (!request.isMultipart()) throw missing('Send it as multipart/form-data, in a field called file.');
  const limits = { fields: 1, fieldSize: MOST_POSTER, files: 1, fileSize: mostBytes + 1, headerPairs: 50 };
  const part = await request.file({ limits }).catch(() => undefined);
  if (!part) throw missing('There is no file in the form.');
  return { name: part.filename, mime: part.mimetype, poster: posterIn(part.fields), bytes: part.file };
}

/** A field, and not a second file: what comes before the file is read whole by then, and this is small. */
function posterIn({ poster }: MultipartFields): Buffer | null {
  if (!poster || Array.isArray(poster) || poster.type !== 'field' || typeof poster.value !== 'string') return null;
  if (poster.valueTruncated) throw wrongPoster('A poster may have up to 96 KB.');
  return Buffer.from(poster.value, 'base64');
}

export const wrongPoster = (message: string): ProblemError =>
  new ProblemError('validation_failed', message, [{ field: 'poster', message }]);

const missing = (message: string): ProblemError =>
  new ProblemError('validation_failed', message, [{ field: 'file', message }]);
