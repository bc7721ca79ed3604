import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import type { Network } from '@trunkline/contracts';
import { z } from 'zod';
import { TestClockRefused, turnTestClock } from '../../clock/test-clock.js';
import type { Store } from '../../database/database.js';
import { ProblemError } from '../../errors/problem.js';
import { Verb } from '../../openapi/verb.js';
import { STORE } from '../../tokens.js';
import { accountNetworks } from '../whatsapp/accounts/account.repository.js';

const turn = z.object({ advanceMs: z.number().int().min(-86_400_000_000).max(86_400_000_000) });

/** There only while `TRUNKLINE_TEST_CLOCK` is on. */
@Controller('test')
export class TestClockController {
  constructor(@Inject(STORE) private readonly store: Store) {}

  @Post('clock')
  @HttpCode(200)
  @Verb({
    summary: 'Turn the clock of every process (tests only)',
    answer: z.object({ now: z.iso.datetime() }),
    errors: ['conflict'],
  })
  async turn(@Body({ schema: turn }) { advanceMs }: z.infer<typeof turn>): Promise<{ now: string }> {
    const networks = (): Promise<Network[]> => accountNetworks(this.store.pool);
    try {
      return { now: (await turnTestClock(advanceMs, networks)).toISOString() };
    } catch (error) {
      if (error instanceof TestClockRefused) throw new ProblemError('conflict', error.message);
      throw error;
    }
  }
}
