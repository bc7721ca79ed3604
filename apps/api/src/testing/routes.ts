import type { FastifyInstance } from 'fastify';

/**
 * The routes that a running server has, read back from its router's own printout, so that one which somebody registered
 * around the usual ways is seen too.
 */
export function routesOf(server: FastifyInstance): { method: string; url: string }[] {
  const routes: { method: string; url: string }[] = [];
  const prefixes: string[] = [];
  for (const line of server.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent, text, methods] = /^([ │├└─]*)(\S*?)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    if (indent === undefined || text === undefined) continue;
    const depth = indent.length / 4;
    prefixes.splice(depth - 1, Infinity, text);
    for (const method of methods?.split(', ') ?? []) routes.push({ method, url: prefixes.join('') });
  }
  return routes.filter(({ url }) => url !== '/api/*' && url !== '*');
}
