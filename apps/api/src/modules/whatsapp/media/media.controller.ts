import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiProduces } from '@nestjs/swagger';
import {
  type Media,
  type MediaFileQuery,
  mediaFileQuery,
  type MediaSharedQuery,
  mediaSharedQuery,
  type MediaLink,
  mediaLinkCreateSchema,
  mediaLinkSchema,
  mediaSchema,
  mediaUploadQuery,
} from '@trunkline/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { ProblemError } from '../../../errors/problem.js';
import { Asker } from '../../../http/asker.js';
import { type ById, byId } from '../../../http/by.id.js';
import { Verb } from '../../../openapi/verb.js';
import type { Ctx } from '../../auth/ctx.js';
import { fileHeaders, rangeOf } from './media.headers.js';
import { offeredFile } from './media.form.js';
import { MediaService, type ReadableFile } from './media.service.js';

const FORM = {
  type: 'object' as const,
  required: ['file'],
  properties: {
    poster: {
      type: 'string',
      contentEncoding: 'base64',
      description:
        'What a film shows before it is played: a JPEG, PNG or WebP of up to 96 KB, in base64, before the file in the form. ' +
        'Without it a film is sent without a picture. For other files it does not count.',
    },
    file: { type: 'string', format: 'binary', description: 'The file, with its name.' },
  },
};

@Controller('whatsapp/media')
export class MediaController {
  constructor(private readonly media: MediaService) {}

  @Post()
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: FORM, required: true })
  @Verb({
    summary: 'Upload a file to send',
    description:
      'One file as `multipart/form-data`. It is looked at by its content; the answer says what it is. Name its `id` as ' +
      '`content.mediaId` of as many messages of the account as you like. One that no message names is removed after a day.',
    status: 201,
    answer: mediaSchema,
    errors: ['not_found', 'media_too_big'],
  })
  async add(
    @Asker() ctx: Ctx,
    @Query({ schema: mediaUploadQuery }) { accountId }: z.infer<typeof mediaUploadQuery>,
    @Req() request: FastifyRequest,
  ): Promise<Media> {
    await this.media.checkAccount(ctx, accountId);
    return this.media.add(accountId, await offeredFile(request, this.media.mostBytes));
  }

  @Get(':id')
  @ApiProduces('application/octet-stream')
  @Verb({
    summary: 'The file itself',
    description:
      'Knows ranges and `If-None-Match`. What a browser could run is handed out as a download of no particular type.',
    errors: ['not_found', 'media_not_ready'],
  })
  async file(
    @Asker() ctx: Ctx,
    @Param({ schema: byId }) { id }: ById,
    @Query({ schema: mediaFileQuery }) query: MediaFileQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.#hand(await this.media.readFile(ctx, id), query, request, reply);
  }

  /** The door lets everybody to this route: the link is the credential. */
  @Get(':id/shared')
  @ApiProduces('application/octet-stream')
  @Verb({
    summary: 'The file, by a signed link',
    description: 'Without a session or a key, until the link runs out.',
    errors: ['forbidden', 'not_found', 'media_not_ready'],
  })
  async shared(
    @Param({ schema: byId }) { id }: ById,
    @Query({ schema: mediaSharedQuery }) query: MediaSharedQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!this.media.isSigned(id, query)) {
      throw new ProblemError('forbidden', 'This link has run out, or is not one of ours. Ask for a new one.');
    }
    await this.#hand(await this.media.readFile('signed', id), query, request, reply);
  }

  @Get(':id/info')
  @Verb({ summary: 'What is known of a file', answer: mediaSchema, errors: ['not_found'] })
  read(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById): Promise<Media> {
    return this.media.read(ctx, id);
  }

  @Post(':id/fetch')
  @Verb({
    summary: 'Fetch a file from WhatsApp, or once more',
    description: 'For what is `remote`, `gone` or `failed`. `media.updated` events tell the rest.',
    status: 202,
    answer: mediaSchema,
    errors: ['not_found'],
  })
  fetch(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById): Promise<Media> {
    return this.media.fetch(ctx, id);
  }

  @Post(':id/link')
  @Verb({
    summary: 'A signed link to a file',
    description: 'Opens this one file to whoever has it, until it runs out.',
    answer: mediaLinkSchema,
    errors: ['not_found'],
  })
  link(
    @Asker() ctx: Ctx,
    @Param({ schema: byId }) { id }: ById,
    @Body({ schema: mediaLinkCreateSchema.optional() }) body?: z.output<typeof mediaLinkCreateSchema>,
  ): Promise<MediaLink> {
    return this.media.link(ctx, id, body?.seconds ?? 900);
  }

  async #hand(file: ReadableFile, query: MediaFileQuery, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { headers, method } = request;
    const tag = `"${file.sha256}"`;
    void reply.headers(fileHeaders(file, query.download !== undefined));
    if (headers['if-none-match'] === tag) return void reply.code(304).send();
    const same = headers['if-range'] === undefined || headers['if-range'] === tag;
    const range = rangeOf(same ? headers.range : undefined, file.size);
    if (range === 'unsatisfiable') {
      return void reply.code(416).header('content-range', `bytes */${file.size}`).send();
    }
    const { start, end } = range === 'whole' ? { start: 0, end: file.size - 1 } : range;
    if (range !== 'whole') void reply.header('content-range', `bytes ${start}-${end}/${file.size}`);
    void reply.code(range === 'whole' ? 200 : 206).header('content-length', end - start + 1);
    const bytes = range === 'whole' ? undefined : range;
    return void reply.send(method === 'HEAD' ? undefined : await this.media.open(file, bytes));
  }
}
