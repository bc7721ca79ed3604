import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { type VaultKey, type VaultKeySaved, vaultKeySavedSchema, vaultKeySchema } from '@trunkline/contracts';
import { Asker } from '../../http/asker.js';
import { Verb } from '../../openapi/verb.js';
import type { Ctx } from '../auth/ctx.js';
import { VaultKeyService } from '../whatsapp/sessions/keys/key.service.js';

@Controller('system/key')
export class VaultKeyController {
  constructor(private readonly key: VaultKeyService) {}

  @Get()
  @Verb({
    summary: 'The key that seals sessions, and whether it was saved',
    answer: vaultKeySchema,
    errors: ['not_found'],
  })
  read(): Promise<VaultKey> {
    return this.key.read();
  }

  @Post('saved')
  @HttpCode(200)
  @Verb({
    summary: 'Say that a copy of the key is kept elsewhere',
    description: 'Until somebody has, the dashboard asks for it. A key that was rotated is asked for anew.',
    answer: vaultKeySchema,
    errors: ['not_found', 'conflict'],
  })
  saved(@Asker() ctx: Ctx, @Body({ schema: vaultKeySavedSchema }) { keyId }: VaultKeySaved): Promise<VaultKey> {
    return this.key.saved(ctx, keyId);
  }
}
