import { SandboxControl, startSandbox, type Sandbox } from '@trunkline/sandbox';
import { engineContract } from '../engine.contract.js';
import { createBaileysEngine, trustSandboxRoot } from './baileys.engine.js';

let sandbox: Sandbox;

engineContract('Baileys', {
  async open() {
    sandbox = await startSandbox();
    trustSandboxRoot(sandbox.rootKey);
    return {
      engine: createBaileysEngine({
        timing: { queryMs: 1_500, keepAliveMs: 1_500, firstWordMs: 1_500, loginMs: 10_000 },
      }),
      control: new SandboxControl({ url: sandbox.control, token: sandbox.token }),
      endpoint: (account) => ({ url: `${sandbox.url}?account=${account}` }),
    };
  },
  close: () => sandbox.close(),
});
