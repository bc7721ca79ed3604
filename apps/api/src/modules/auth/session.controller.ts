import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import {
  type PasswordChange,
  passwordChangeSchema,
  type Session,
  sessionSchema,
  type SignIn,
} from '@trunkline/contracts';
import { signInSchema } from '@trunkline/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from '../../errors/problem.js';
import { callerOf } from '../../http/asker.js';
import { Verb } from '../../openapi/verb.js';
import type { AuthUser } from './auth.library.js';
import { SessionService } from './session.service.js';

const signedInSchema = sessionSchema.pick({ user: true });

/** The few routes of the auth library that are ours to offer, at the addresses that its browser client calls. */
@Controller('auth')
export class SessionController {
  constructor(private readonly sessions: SessionService) {}

  @Post('sign-in/email')
  @Verb({ summary: 'Sign in', description: 'Sets the session cookie.', answer: signedInSchema })
  async signIn(
    @Body({ schema: signInSchema }) body: SignIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return { user: userOf(await this.sessions.signIn(body, request, reply)) };
  }

  @Post('sign-out')
  @Verb({ summary: 'Sign out', description: 'Ends the session and takes its cookie away.' })
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.signOut(request, reply);
  }

  @Get('get-session')
  @Verb({ summary: 'The session of this browser', answer: sessionSchema, errors: ['not_found'] })
  async session(@Req() request: FastifyRequest): Promise<Session> {
    const current = await this.sessions.current(request);
    if (!current) throw new ProblemError('not_found', 'A key has no session.');
    const { id, expiresAt } = current.session;
    return { user: userOf(current.user), session: { id, expiresAt: expiresAt.toISOString() } };
  }

  @Post('change-password')
  @Verb({
    summary: 'Change the password',
    description: 'Ends every other session of this person.',
    errors: ['forbidden'],
  })
  async changePassword(
    @Body({ schema: passwordChangeSchema }) body: PasswordChange,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    if (callerOf(request).me.kind === 'key') throw new ProblemError('forbidden', 'A key has no password.');
    await this.sessions.changePassword(body.currentPassword, body.newPassword, request, reply);
  }
}

function userOf({ id, name, email, role }: AuthUser): Session['user'] {
  return { id, name, email, role: (role ?? 'viewer') as Session['user']['role'] };
}
