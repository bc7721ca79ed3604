import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import {
  type Account,
  type AccountCreate,
  accountCreateSchema,
  accountListQuery,
  type AccountPatch,
  accountPatchSchema,
  type AccountPhone,
  accountPhoneSchema,
  accountQrSchema,
  accountSchema,
  pageOf,
  type PairingCodeRequest,
  pairingCodeRequestSchema,
  pairingCodeSchema,
} from '@trunkline/contracts';
import type { z } from 'zod';
import { Asker } from '../../../http/asker.js';
import { type ById, byId } from '../../../http/by.id.js';
import { Verb } from '../../../openapi/verb.js';
import type { Ctx } from '../../auth/ctx.js';
import { AccountService } from './account.service.js';

const one = { answer: accountSchema, errors: ['not_found'] } as const;
/** What is asked of the account's owner, which may be slow or away. */
const asked = { answer: accountSchema, errors: ['not_found', 'conflict', 'timed_out'] } as const;

@Controller('whatsapp/accounts')
export class AccountController {
  constructor(private readonly accounts: AccountService) {}

  @Get()
  @Verb({ summary: 'Accounts, oldest first', answer: pageOf(accountSchema) })
  list(@Asker() ctx: Ctx, @Query({ schema: accountListQuery }) query: z.infer<typeof accountListQuery>) {
    return this.accounts.list(ctx, query);
  }

  @Post()
  @Verb({
    summary: 'Add an account',
    description: 'It is `inactive` until it is initialized.',
    status: 201,
    answer: accountSchema,
    errors: ['network_disabled', 'not_found', 'conflict'],
  })
  create(@Asker() ctx: Ctx, @Body({ schema: accountCreateSchema }) body: AccountCreate): Promise<Account> {
    return this.accounts.create(ctx, body);
  }

  @Get(':id')
  @Verb({ summary: 'One account', ...one })
  read(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById): Promise<Account> {
    return this.accounts.read(ctx, id);
  }

  @Patch(':id')
  @Verb({ summary: 'Change name or notes', ...one })
  patch(
    @Asker() ctx: Ctx,
    @Param({ schema: byId }) { id }: ById,
    @Body({ schema: accountPatchSchema }) body: AccountPatch,
  ) {
    return this.accounts.patch(ctx, id, body);
  }

  @Delete(':id')
  @Verb({
    summary: 'Delete an account',
    description: 'Unlinks it if it can, without waiting for it. Its chats and messages are no longer shown.',
    errors: ['not_found', 'conflict', 'timed_out'],
  })
  async remove(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById): Promise<void> {
    await this.accounts.remove(ctx, id);
  }

  @Post(':id/initialize')
  @Verb({ summary: 'Bring it online: by its session if it has one, else by a QR', ...asked })
  initialize(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById) {
    return this.accounts.initialize(ctx, id);
  }

  @Post(':id/disconnect')
  @Verb({ summary: 'Take it offline and keep its session', ...asked })
  disconnect(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById) {
    return this.accounts.disconnect(ctx, id);
  }

  @Post(':id/reset')
  @Verb({
    summary: 'Begin anew, from any status',
    description: 'Forgets session, number and push name. The session is kept aside for 30 days.',
    ...asked,
  })
  reset(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById) {
    return this.accounts.reset(ctx, id);
  }

  @Post(':id/logout')
  @Verb({ summary: 'Unlink this device at WhatsApp', ...asked })
  logout(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById) {
    return this.accounts.logout(ctx, id);
  }

  @Put(':id/phone')
  @Verb({
    summary: 'Enter the number by hand',
    description: 'Shown as entered by hand until the engine confirms it; a different number from the engine wins.',
    answer: accountSchema,
    errors: ['not_found', 'conflict', 'phone_number_taken', 'phone_number_invalid', 'timed_out'],
  })
  putPhone(
    @Asker() ctx: Ctx,
    @Param({ schema: byId }) { id }: ById,
    @Body({ schema: accountPhoneSchema }) body: AccountPhone,
  ) {
    return this.accounts.setPhone(ctx, id, body.phoneNumber);
  }

  @Post(':id/phone')
  @Verb({
    summary: 'Enter the number by hand (the same as PUT)',
    answer: accountSchema,
    errors: ['not_found', 'conflict', 'phone_number_taken', 'phone_number_invalid', 'timed_out'],
  })
  postPhone(
    @Asker() ctx: Ctx,
    @Param({ schema: byId }) { id }: ById,
    @Body({ schema: accountPhoneSchema }) body: AccountPhone,
  ) {
    return this.accounts.setPhone(ctx, id, body.phoneNumber);
  }

  @Post(':id/accept-number')
  @Verb({
    summary: 'Go on with the other phone that was linked',
    description:
      'The answer to `confirm_number`; `numberConflict` says which number. Does nothing when nothing is asked.',
    answer: accountSchema,
    errors: ['not_found', 'conflict', 'phone_number_taken', 'timed_out'],
  })
  acceptNumber(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById) {
    return this.accounts.acceptNumber(ctx, id);
  }

  @Post(':id/refuse-number')
  @Verb({
    summary: 'Unlink the other phone that was linked, and keep the number',
    description: 'The other answer to `confirm_number`. Does nothing when nothing is asked.',
    ...asked,
  })
  refuseNumber(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById) {
    return this.accounts.refuseNumber(ctx, id);
  }

  @Post(':id/pairing-code')
  @Verb({
    summary: 'Link by a code that is typed on the phone, instead of a QR',
    answer: pairingCodeSchema,
    errors: ['not_found', 'conflict', 'account_already_linked', 'phone_number_invalid', 'timed_out'],
  })
  pairingCode(
    @Asker() ctx: Ctx,
    @Param({ schema: byId }) { id }: ById,
    @Body({ schema: pairingCodeRequestSchema }) body: PairingCodeRequest,
  ) {
    return this.accounts.pairingCode(ctx, id, body.phoneNumber);
  }

  @Get(':id/qr')
  @Verb({
    summary: 'The QR on screen now',
    description:
      'For who opens a page while the account is `warming`; later ones come as events. 404 when none is shown.',
    answer: accountQrSchema,
    errors: ['not_found'],
  })
  qr(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById) {
    return this.accounts.qr(ctx, id);
  }
}
