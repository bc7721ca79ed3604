import { join } from 'node:path';
import type { Log } from '../log.ts';
import { LogFile } from './log-file.ts';

/** Levels as pino counts them, which the children write. */
const levels = { info: 30, warn: 40, error: 50 } as const;

/**
 * Where everything is said. All of it goes to the log file as JSON lines with the name of the process. The terminal of a
 * person gets the supervisor's own sentences and the children's errors; where no person looks (a container, a service
 * manager) it gets every line.
 */
export class Journal implements Log {
  readonly #file: LogFile;

  constructor(
    dataFolder: string,
    private readonly terminal: NodeJS.WriteStream = process.stdout,
  ) {
    terminal.on('error', () => undefined); // The terminal was closed; the log file goes on.
    this.#file = new LogFile(join(dataFolder, 'logs', 'trunkline.log'));
  }

  info(message: string, fields?: Record<string, unknown>): void {
    this.#say('info', message, fields);
  }

  warn(message: string, fields?: Record<string, unknown>): void {
    this.#say('warn', message, fields);
  }

  error(message: string, fields?: Record<string, unknown>): void {
    this.#say('error', message, fields);
  }

  /** For the terminal alone; nothing of it is kept. */
  show(text: string): void {
    this.terminal.write(`${text}\n`);
  }

  /** A line that a child wrote: pino's JSON, or any text. What a program just says of itself is for the file alone. */
  line(process: string, line: string, stream: 'stdout' | 'stderr'): void {
    if (!line.trim()) return;
    const written = parse(line);
    const level = stream === 'stderr' ? levels.warn : levels.info;
    const record = written ?? { level, time: Date.now(), msg: line };
    this.#file.write(JSON.stringify({ process, ...record }));
    if (!this.terminal.isTTY && (written || stream === 'stderr')) this.show(line);
    else if (Number(record.level) >= levels.error) this.show(`${process}: ${String(record.msg ?? line)}`);
  }

  close(): void {
    this.#file.close();
  }

  #say(level: keyof typeof levels, msg: string, fields?: Record<string, unknown>): void {
    this.#file.write(JSON.stringify({ process: 'supervisor', level: levels[level], time: Date.now(), ...fields, msg }));
    this.show(msg);
  }
}

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined; // Text that happens to begin with a brace.
  }
}
