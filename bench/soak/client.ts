import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Trunkline } from '../support/trunkline.ts';
import type { Actor } from './cast.ts';
import type { Accepted } from './traffic.ts';

const program = fileURLToPath(new URL('./client.mjs', import.meta.url));

interface Entry {
  key: string;
  intent?: true;
  accountId?: string;
  person?: string;
  text?: string;
  accepted?: { messageId: string; waId: string };
  refused?: unknown;
}

/** The sending program as a process: it is killed and comes back with its journal. */
export class Client {
  private child: ChildProcess;
  private readonly journal: string;
  private readonly apiFile: string;

  constructor(
    folder: string,
    private readonly actors: Actor[],
    ours: Trunkline,
    private readonly everyMs: number,
  ) {
    this.journal = join(folder, 'journal.jsonl');
    this.apiFile = join(folder, 'api.json');
    this.tell(ours);
    this.child = this.spawn();
  }

  /** Where the product is now; its port changes when everything was killed. */
  tell(ours: Trunkline): void {
    const { url, key } = ours.api;
    writeFileSync(`${this.apiFile}.half`, JSON.stringify({ url, key, actors: this.actors }));
    renameSync(`${this.apiFile}.half`, this.apiFile);
  }

  async killAndRestart(): Promise<void> {
    await this.kill();
    this.child = this.spawn();
  }

  async kill(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  /** What was accepted, and what was asked and never answered. */
  ledger(): { accepted: Accepted[]; refused: unknown[]; open: number } {
    const intents = new Map<string, Entry>();
    const accepted: Accepted[] = [];
    const refused: unknown[] = [];
    const lines = existsSync(this.journal) ? readFileSync(this.journal, 'utf8').split('\n') : [];
    for (const line of lines.filter((each) => each.endsWith('}'))) {
      const entry = JSON.parse(line) as Entry;
      const intent = intents.get(entry.key);
      if (entry.intent) intents.set(entry.key, entry);
      else if (entry.refused) refused.push(entry.refused);
      else
        accepted.push({
          ...entry.accepted!,
          accountId: intent!.accountId!,
          person: intent!.person!,
          text: intent!.text!,
        });
    }
    const answered = new Set(accepted.map(({ text }) => text));
    const open = [...intents.values()].filter(({ text }) => !answered.has(text!)).length - refused.length;
    return { accepted, refused, open };
  }

  private spawn(): ChildProcess {
    return spawn(process.execPath, [program, this.journal, this.apiFile, String(this.everyMs)], {
      stdio: ['pipe', 'inherit', 'inherit'],
    });
  }
}
