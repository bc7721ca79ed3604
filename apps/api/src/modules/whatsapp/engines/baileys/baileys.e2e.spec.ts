import { SandboxControl, startSandbox, type Sandbox } from '@trunkline/sandbox';
import { expect, vi } from 'vitest';
import { engineContract } from '../engine.contract.js';
import { createBaileysEngine, trustSandboxRoot } from './baileys.engine.js';

let sandbox: Sandbox;
const printed: unknown[] = [];
const complaints: string[] = [];

/** Neither Baileys nor what it calls prints anything while a session runs: it would be keys and texts (S8). */
const listen = () => {
  for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, name).mockImplementation((...args) => void printed.push(...args));
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(text) > 0);
};

engineContract('Baileys', {
  async open() {
    listen();
    sandbox = await startSandbox();
    trustSandboxRoot(sandbox.rootKey);
    return {
      engine: createBaileysEngine({
        log: (_level, sentence) => void complaints.push(sentence),
        timing: { queryMs: 1_500, keepAliveMs: 1_500, firstWordMs: 1_500, loginMs: 10_000, phoneMs: 1_500 },
      }),
      control: new SandboxControl({ url: sandbox.control, token: sandbox.token }),
      endpoint: (account) => ({ url: `${sandbox.url}?account=${account}`, mediaCa: sandbox.media.ca }),
    };
  },
  async close() {
    await sandbox.close();
    vi.restoreAllMocks();
    expect(printed).toEqual([]);
    // A notice of app state never comes ahead of the key to it.
    expect(complaints.filter((sentence) => sentence.includes('missing key'))).toEqual([]);
  },
});
