/** What the processes of a product hold, as Linux counts it. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Product } from '../../apps/api/src/testing/product.js';

/** In megabytes. */
function memoryOf(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const [, kilobytes] = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

/** By how many megabytes the api and each worker grew at their peak while this was done, by name. */
export async function growthWhile(product: Product, work: () => Promise<void>): Promise<Record<string, number>> {
  const watched = product.running.watched.filter(({ name }) => name === 'api' || name.startsWith('worker'));
  const before = watched.map(({ pid }) => {
    writeFileSync(`/proc/${pid}/clear_refs`, '5'); // Its peak is counted anew.
    return memoryOf(pid, 'VmRSS');
  });
  await work();
  return Object.fromEntries(
    watched.map(({ name, pid }, at) => [name, Math.round(memoryOf(pid, 'VmHWM') - before[at]!)]),
  );
}
