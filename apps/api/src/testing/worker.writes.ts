/**
 * What a worker writes into the database beside the journals of its accounts: found in the sources, as in
 * `repository.reads.ts`. What a journal writes goes through the doors, where the lease is locked and its epoch compared.
 */
import { isRepository, Sources } from './sources.ts';

/** @param doors files behind which the epoch is compared, or which anybody may call; they are not entered */
export function writesBesideJournals(root: string, program: string, doors: readonly string[]): string[] {
  const sources = new Sources(root);
  for (const door of doors) sources.text(door); // throws where there is none
  const reached = new Set([program]);
  const writes = new Set<string>();
  for (const file of reached) {
    for (const { from, names, typesOnly } of sources.imports(file)) {
      if (typesOnly || doors.includes(from)) continue;
      if (!isRepository(from)) reached.add(from);
      else
        for (const { name, node } of sources.declared(from, names, sources.text(file)))
          if (sources.writes(from, node)) writes.add(`${from} ${name}`);
    }
  }
  return [...writes].toSorted();
}
