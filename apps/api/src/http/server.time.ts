import type { FastifyInstance } from 'fastify';
import type { Clock } from '../clock/clock.js';

/** Node writes the time of the machine on each answer; a page counts down by it to times that this clock made. */
export function tellTime(server: FastifyInstance, clock: Clock): void {
  server.addHook('onSend', async (_, reply) => void reply.header('date', clock.now().toUTCString()));
}
