import { fileURLToPath } from 'node:url';

/** The root of the clone: this file is `apps/api/{src,dist}/config/clone-root`. */
export const cloneRoot = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/[/\\]$/, '');
