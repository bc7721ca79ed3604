import { pipeline, Readable } from 'node:stream';
import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import {
  type Consent,
  consentSchema,
  type OptOut,
  optOutCreateSchema,
  optOutImportedSchema,
  optOutImportSchema,
  optOutListQuery,
  optOutSchema,
  pageOf,
} from '@trunkline/contracts';
import { stringify } from 'csv-stringify';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Asker } from '../../../http/asker.js';
import { type ById, byId } from '../../../http/by.id.js';
import { Verb } from '../../../openapi/verb.js';
import type { Ctx } from '../../auth/ctx.js';
import { OptOutService } from './opt.out.service.js';

const exportQuery = optOutListQuery.pick({ network: true, state: true });
const COLUMNS = ['phone', 'lid', 'name', 'network', 'since', 'source', 'by', 'note', 'lifted', 'lifted by', 'consent'];

@Controller('whatsapp/opt-outs')
export class OptOutController {
  constructor(private readonly optOuts: OptOutService) {}

  @Get()
  @Verb({ summary: 'Who wants no messages, the newest first', answer: pageOf(optOutSchema) })
  list(@Asker() ctx: Ctx, @Query({ schema: optOutListQuery }) query: z.infer<typeof optOutListQuery>) {
    return this.optOuts.list(ctx, query);
  }

  @Post()
  @Verb({
    summary: 'Put a person on the list',
    description: 'Nothing is sent to them any more, by nobody; what is queued fails. Safe to repeat.',
    answer: optOutSchema,
    errors: ['not_found', 'recipient_invalid'],
  })
  add(@Asker() ctx: Ctx, @Body({ schema: optOutCreateSchema }) body: z.infer<typeof optOutCreateSchema>) {
    return this.optOuts.add(ctx, body);
  }

  @Post('import')
  @Verb({
    summary: 'Put the people of a CSV file on the list',
    description:
      'What is wrong is told by row, and the others go in, all at once. Takes what the export gives; who is `lifted` there is left out.',
    answer: optOutImportedSchema,
  })
  import(@Asker() ctx: Ctx, @Body({ schema: optOutImportSchema }) body: z.infer<typeof optOutImportSchema>) {
    return this.optOuts.import(ctx, body);
  }

  @Get('export')
  @ApiProduces('text/csv')
  @Verb({ summary: 'The list as a CSV file', answer: z.string() })
  export(
    @Asker() ctx: Ctx,
    @Query({ schema: exportQuery }) query: z.infer<typeof exportQuery>,
    @Res() reply: FastifyReply,
  ): void {
    const rows = stringify({ header: true, columns: COLUMNS, bom: true, escape_formulas: true });
    void reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="opt-outs.csv"')
      // A failure under way breaks the answer off: a list that ends early must not look whole.
      .send(pipeline(Readable.from(cells(this.optOuts.export(ctx, query))), rows, () => undefined));
  }

  @Post(':id/consent')
  @Verb({
    summary: 'Record a person’s new consent',
    description: 'They may be written to again. Who recorded it, when and the proof are kept.',
    answer: optOutSchema,
    errors: ['not_found'],
  })
  consent(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById, @Body({ schema: consentSchema }) body: Consent) {
    return this.optOuts.consent(ctx, id, body);
  }
}

async function* cells(optOuts: AsyncIterable<OptOut>): AsyncGenerator<(string | null)[]> {
  for await (const { phoneNumber, lid, name, network, since, source, by, note, lifted } of optOuts) {
    const address = lid && `${lid}@lid`;
    yield [
      phoneNumber,
      address,
      name,
      network,
      since,
      source,
      by.name,
      note,
      lifted?.at ?? null,
      lifted?.by.name ?? null,
      lifted?.note ?? null,
    ];
  }
}
