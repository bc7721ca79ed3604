/** docs/fault-matrix.md: the table in words. What was driven and disagreed is marked in it. */
import type { Expectation } from './expectation.js';
import { type Fault, FAULT_NAMES, FAULTS } from './fault.js';
import { MATRIX } from './fault.matrix.js';
import { type Phase, PHASE_NAMES, PHASES } from './phase.js';

const HEAD = `# The fault matrix

What happens when something goes wrong, for every fault in every phase of an account's life. This page is written by
\`npm run matrix\`, which drives each cell over real sockets: the worker and the engine of the product on a real
PostgreSQL, against the sandbox, with a clock that is turned. After each cell it also looks that the account gets on (it
is connected again, or the offered action leads on), that one engine at most ran for it, that a message under way was
seen once, and that another account was not touched. \`npm test\` drives each fault once, each phase once, and
every cell that was ever wrong (\`accounts/faults/quick.cells.ts\`); the rules are in \`accounts/machine\`.

How to read a cell:

- **goes on**: nothing to tell.
- **at once**: a new connection in the same moment, because the server asked for one.
- **retried: _reason_**: shown with the reason, the number of the attempt and the time of the next one. It waits 1 s at
  first (5 s for \`proxy\`, 15 s for \`bad_certificate\`, 30 s for \`rate_limited\`, 60 s for \`client_outdated\`), twice as long
  each time, a minute at most (five for the last three), of which a random half is taken off; never sooner than the server
  asked for.
- **waits: _reason_**: no engine runs until a known time; then it is tried by itself.
- **asks _action_: _reason_**: no engine runs; the page offers the action, and it leads on.
- **done**: what a person asked for (log out, reset) is done all the same, and the account can be linked anew.
- **resumed**: the account goes on where it was, without a person.
- **–**: cannot occur; the number says why. **open**: not done yet.

The status is \`warming\` in the phases that link, \`authenticating\` in the first login, \`active\` afterwards; one that asks is
\`inactive\` (\`banned\` for a ban).
`;

export function matrixDocument(wrong: ReadonlyMap<string, string> = new Map()): string {
  const notes: string[] = [];
  const rows = FAULT_NAMES.map((fault) => rowOf(fault, notes, wrong));
  const table = [`| Fault | ${PHASE_NAMES.join(' | ')} |`, `| --- |${' --- |'.repeat(PHASE_NAMES.length)}`, ...rows];
  return [HEAD, phases(), table.join('\n'), '', 'Why a cell cannot occur, or is open:', '', list(notes), count()].join(
    '\n',
  );
}

function phases(): string {
  const lines = PHASE_NAMES.map((phase) => `- **${phase}**: ${PHASES[phase]}`);
  return `The phases:\n\n${lines.join('\n')}\n`;
}

function rowOf(fault: Fault, notes: string[], wrong: ReadonlyMap<string, string>): string {
  const cells = PHASE_NAMES.map((phase) => {
    const failure = wrong.get(`${fault}/${phase}`);
    return failure ? `**DISAGREES**: ${failure.replaceAll('|', '/')}` : words(MATRIX[fault][phase], notes);
  });
  return `| ${FAULTS[fault]} | ${cells.join(' | ')} |`;
}

function words(expected: Expectation, notes: string[]): string {
  switch (expected.kind) {
    case 'unnoticed':
      return 'goes on';
    case 'again':
      return 'at once';
    case 'over':
      return 'done';
    case 'resumed':
      return 'resumed';
    case 'retried':
      return `retried: ${expected.reason}${expected.orReason ? ` or ${expected.orReason}` : ''}`;
    case 'waits':
      return `waits: ${expected.reason}`;
    case 'asks':
      return `asks ${expected.userAction}: ${expected.reason}`;
    case 'never':
      return `– ${numberOf(expected.why, notes)}`;
    case 'open':
      return `open ${numberOf(expected.why, notes)}`;
  }
}

function numberOf(why: string, notes: string[]): string {
  if (!notes.includes(why)) notes.push(why);
  return `(${notes.indexOf(why) + 1})`;
}

const list = (notes: readonly string[]): string =>
  `${notes.map((note, index) => `${index + 1}. ${note}`).join('\n')}\n`;

function count(): string {
  const kinds = FAULT_NAMES.flatMap((fault) => PHASE_NAMES.map((phase: Phase) => MATRIX[fault][phase].kind));
  const of = (kind: string) => kinds.filter((each) => each === kind).length;
  const driven = kinds.length - of('never') - of('open');
  return `${kinds.length} cells: ${driven} driven, ${of('never')} cannot occur, ${of('open')} open.\n`;
}
