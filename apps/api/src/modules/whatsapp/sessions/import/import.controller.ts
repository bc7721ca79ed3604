import { Body, Controller, Post, Query } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { type AccountImported, accountImportedSchema, accountImportQuery, ARCHIVE_TYPES } from '@trunkline/contracts';
import type { z } from 'zod';
import { ArchiveBody } from '../../../../http/archive.body.js';
import { Asker } from '../../../../http/asker.js';
import { Verb } from '../../../../openapi/verb.js';
import type { Ctx } from '../../../auth/ctx.js';
import { ImportService } from './import.service.js';

@Controller('whatsapp/accounts/import')
export class ImportController {
  constructor(private readonly imports: ImportService) {}

  @Post()
  @ArchiveBody()
  @ApiConsumes(...ARCHIVE_TYPES)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @Verb({
    summary: 'Take over the session of a program that runs Baileys, without a scan',
    description:
      'The body is a .zip or .tar.gz, at most 32 MB, of the folder that `useMultiFileAuthState` writes. Stop that program ' +
      'first: two on one session throw each other out. Signal sessions and sender keys are made anew.',
    status: 201,
    answer: accountImportedSchema,
    errors: ['validation_failed', 'network_disabled', 'phone_number_taken', 'session_invalid'],
  })
  take(
    @Asker() ctx: Ctx,
    @Query({ schema: accountImportQuery }) options: z.output<typeof accountImportQuery>,
    @Body() archive: unknown,
  ): Promise<AccountImported> {
    return this.imports.take(ctx, archive, options);
  }
}
