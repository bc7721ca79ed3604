/**
 * Which reads of repositories answer those who ask: found in the sources, so that one that is added tomorrow is found, too.
 *
 * What answers them is what the controllers and the gateway import, and what that imports, as far as repositories. A read
 * is a function or a method of a repository whose SQL only selects, by itself or through a function of its file.
 */
import { isRepository, Sources } from './sources.ts';

export interface RepositoryRead {
  /** As `file.ts name`, or `file.ts Class.name`; the path from `src`. */
  name: string;
  takesCtx: boolean;
}

const isDoor = (file: string): boolean => /\.(controller|gateway)\.ts$/.test(file);

/** Of the reads that `root` (the folder of the sources) holds, those that somebody who asks is answered from. */
export function readsForAskers(root: string): RepositoryRead[] {
  const sources = new Sources(root);
  const reached = new Set(sources.files.filter(isDoor));
  const reads = new Map<string, RepositoryRead>();
  for (const file of reached) {
    // Of types, too: an injected class is imported as one.
    for (const { from, names } of sources.imports(file)) {
      if (!isRepository(from)) reached.add(from);
      else for (const read of readsOf(sources, from, names, sources.text(file))) reads.set(read.name, read);
    }
  }
  return [...reads.values()];
}

const readsOf = (sources: Sources, file: string, names: string[] | null, importer: string): RepositoryRead[] =>
  sources
    .declared(file, names, importer)
    .filter(({ node }) => sources.onlySelects(file, node))
    .map(({ name, node }) => ({
      name: `${file} ${name}`,
      takesCtx: node.parameters.some(({ type }) => type?.getText() === 'Ctx'),
    }));
