import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cloneRoot } from '../../config/clone-root.ts';
import { StartError } from '../start-error.ts';

const admin = join(cloneRoot, 'apps', 'admin');

/** The program that serves the pages: what `next build` made, or Next's own development server. */
export function pagesProgram(develop: boolean, port: number): { path: string; args: string[]; cwd: string } {
  return develop ? development(port) : standalone();
}

function standalone() {
  const cwd = join(admin, '.next', 'standalone', 'apps', 'admin');
  const path = join(cwd, 'server.js');
  if (!existsSync(path)) throw new StartError('The pages are not built. Run: npm run build (or set PAGES=off).');
  return { path, args: [], cwd };
}

function development(port: number) {
  const next = createRequire(join(admin, 'package.json')).resolve('next/package.json');
  const args = ['dev', admin, '--port', String(port), '--hostname', '127.0.0.1'];
  return { path: join(dirname(next), 'dist', 'bin', 'next'), args, cwd: admin };
}
