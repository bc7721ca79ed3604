import { Controller, Get, Query } from '@nestjs/common';
import { type EventListQuery, eventListQuery, type EventPage, eventPageSchema } from '@trunkline/contracts';
import { ProblemError } from '../../../errors/problem.js';
import { Asker } from '../../../http/asker.js';
import { Verb } from '../../../openapi/verb.js';
import { atLeast, MAY_PAIR } from '../../auth/access.js';
import type { Ctx } from '../../auth/ctx.js';
import { EventReader } from './event.reader.repository.js';
import { fillSecret } from './secret.filling.js';
import { Secrets } from './secrets.js';

@Controller('events')
export class EventController {
  constructor(
    private readonly reader: EventReader,
    private readonly secrets: Secrets,
  ) {}

  @Get()
  @Verb({
    summary: 'The event log, after a position',
    description: 'Pass `scannedTo` as the next `after`. 410 when the log no longer holds what follows `after`.',
    answer: eventPageSchema,
    errors: ['position_too_old'],
  })
  async list(@Asker() ctx: Ctx, @Query({ schema: eventListQuery }) query: EventListQuery): Promise<EventPage> {
    const batch = await this.reader.read(ctx, query);
    if (batch.gone) {
      const message = `The log does not hold what follows ${query.after}; load afresh and go on from ${batch.head}.`;
      throw new ProblemError('position_too_old', message, [{ field: 'after', message }]);
    }
    const { events, scannedTo, head } = batch;
    if (!atLeast(ctx.role, MAY_PAIR)) return { items: events, scannedTo, head };
    return { items: await Promise.all(events.map((event) => fillSecret(ctx, event, this.secrets))), scannedTo, head };
  }
}
