import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiProduces } from '@nestjs/swagger';
import {
  type AccountProfile,
  type AccountProfileChange,
  accountProfileChangeSchema,
  accountProfileSchema,
  type GroupPictureQuery,
  groupPictureQuery,
  type Profile,
  type ProfileLook,
  profileLookSchema,
  profileSchema,
  profilesSchema,
} from '@trunkline/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Asker } from '../../../http/asker.js';
import { type ById, byId } from '../../../http/by.id.js';
import { Verb } from '../../../openapi/verb.js';
import type { Ctx } from '../../auth/ctx.js';
import { offeredFile } from '../media/media.form.js';
import { fileHeaders } from '../media/media.headers.js';
import { ProfileService } from './profile.service.js';

const FORM = {
  type: 'object' as const,
  required: ['file'],
  properties: { file: { type: 'string', format: 'binary', description: 'A picture of any usual kind.' } },
};
/** What is asked of the account's owner, which may be slow or away. */
const asked = { answer: accountProfileSchema, errors: ['not_found', 'conflict', 'timed_out'] } as const;

@Controller('whatsapp')
export class ProfileController {
  constructor(private readonly profiles: ProfileService) {}

  @Get('accounts/:id/profile')
  @Verb({
    summary: 'What an account shows of itself: name, about and picture',
    description: 'What is known here now. What is not known yet is asked of WhatsApp, and `profile.updated` tells it.',
    answer: accountProfileSchema,
    errors: ['not_found'],
  })
  read(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById): Promise<AccountProfile> {
    return this.profiles.read(ctx, id);
  }

  @Patch('accounts/:id/profile')
  @Verb({
    summary: 'Change the name that others see, or what the account says about itself',
    description: 'It is so on the account’s phone, too. Answered when WhatsApp has it; the account must be connected.',
    ...asked,
  })
  change(
    @Asker() ctx: Ctx,
    @Param({ schema: byId }) { id }: ById,
    @Body({ schema: accountProfileChangeSchema }) change: AccountProfileChange,
  ): Promise<AccountProfile> {
    return this.profiles.change(ctx, id, change);
  }

  @Put('accounts/:id/profile/picture')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: FORM, required: true })
  @Verb({
    summary: 'Set the picture of an account',
    description:
      'One picture as `multipart/form-data`, looked at by its content. Its middle is cut to a square of 640 pixels. Answered ' +
      'when WhatsApp has it; the account must be connected.',
    ...asked,
    errors: [...asked.errors, 'media_too_big'],
  })
  setPicture(
    @Asker() ctx: Ctx,
    @Param({ schema: byId }) { id }: ById,
    @Req() request: FastifyRequest,
  ): Promise<AccountProfile> {
    return this.profiles.setPicture(ctx, id, () => offeredFile(request, this.profiles.mostBytes));
  }

  @Delete('accounts/:id/profile/picture')
  @Verb({ summary: 'Take the picture of an account away', ...asked })
  removePicture(@Asker() ctx: Ctx, @Param({ schema: byId }) { id }: ById): Promise<AccountProfile> {
    return this.profiles.removePicture(ctx, id);
  }

  @Put('groups/:id/picture')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: FORM, required: true })
  @Verb({
    summary: 'Set the picture of a group',
    description:
      'One picture as `multipart/form-data`; its middle is cut to a square of 640 pixels. It is set by `accountId`, or by an ' +
      'account in the group that may and is connected. Where the group is locked only admins may: `group_admins_only`.',
    answer: profileSchema,
    errors: [...asked.errors, 'group_admins_only', 'media_too_big'],
  })
  setGroupPicture(
    @Asker() ctx: Ctx,
    @Param({ schema: byId }) { id }: ById,
    @Query({ schema: groupPictureQuery }) { accountId }: GroupPictureQuery,
    @Req() request: FastifyRequest,
  ): Promise<Profile> {
    return this.profiles.setGroupPicture(ctx, id, accountId, () => offeredFile(request, this.profiles.mostBytes));
  }

  @Delete('groups/:id/picture')
  @Verb({
    summary: 'Take the picture of a group away',
    description: 'By `accountId`, or by an account in the group that may and is connected.',
    answer: profileSchema,
    errors: [...asked.errors, 'group_admins_only'],
  })
  removeGroupPicture(
    @Asker() ctx: Ctx,
    @Param({ schema: byId }) { id }: ById,
    @Query({ schema: groupPictureQuery }) { accountId }: GroupPictureQuery,
  ): Promise<Profile> {
    return this.profiles.removeGroupPicture(ctx, id, accountId);
  }

  @Post('profiles/look')
  @Verb({
    summary: 'How people and groups look',
    description:
      'Of persons and groups that an account has a chat with, and of accounts themselves: what is known here now. What is ' +
      'not known yet, or for more than a week, is asked of WhatsApp a few at a time, the last looked at first, and ' +
      '`profile.updated` tells it. Ask for what is on a screen: WhatsApp limits accounts that ask for much.',
    answer: profilesSchema,
  })
  async look(@Asker() ctx: Ctx, @Body({ schema: profileLookSchema }) { of }: ProfileLook) {
    return { items: await this.profiles.look(ctx, of) };
  }

  @Get('profiles/:id/picture')
  @ApiProduces('image/jpeg')
  @Verb({ summary: 'A picture', description: 'Knows `If-None-Match`.', errors: ['not_found'] })
  async picture(
    @Asker() ctx: Ctx,
    @Param({ schema: byId }) { id }: ById,
    @Req() { headers, method }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = await this.profiles.picture(ctx, id);
    void reply.headers(fileHeaders({ ...file, id, fileName: 'picture.jpg' }, false));
    if (headers['if-none-match'] === `"${file.sha256}"`) return void reply.code(304).send();
    void reply.code(200).header('content-length', file.size);
    return void reply.send(method === 'HEAD' ? undefined : await this.profiles.open(file));
  }
}
