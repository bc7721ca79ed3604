import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClientName, Driver, Start } from './driver.js';
import { EXCEPTION_BOUND_MS, EXCEPTIONS, exceptionOf, type Exception } from './exceptions.js';
import { startSandboxProcess, type RunningSandbox } from './sandbox.child.js';
import { Stage, type Case } from './stage.js';
import { SUITE } from './suite.js';

const PATIENCE = { patienceMs: 4_000, keepAliveMs: 1_500 };

/** All cases for one client: a sandbox and a driver for all of them, new numbers for each. */
export function conform(client: ClientName, createDriver: (start: Start) => Driver, latencyMs = 0): void {
  let sandbox: RunningSandbox;
  let driver: Driver;

  beforeAll(async () => {
    sandbox = await startSandboxProcess();
    if (latencyMs > 0) await sandbox.control.setLink({ latencyMs, jitterMs: 0 });
    driver = createDriver({ url: sandbox.url, rootKey: sandbox.rootKey, mediaCa: sandbox.mediaCa, ...PATIENCE });
  });
  afterAll(async () => {
    await driver?.stop();
    await sandbox?.stop();
  });

  for (const [title, cases] of Object.entries(SUITE)) {
    describe.concurrent(title, () => {
      for (const each of cases) {
        const exception = exceptionOf(client, each.name);
        if (exception) test(`${each.name} [not so: ${exception.reason}]`, () => notSo(each, exception));
        else test(each.name, () => each.run(new Stage(driver, sandbox.control)));
      }
    });
  }

  test('every exception is about a case', () => {
    const names = Object.values(SUITE).flatMap((cases) => cases.map(({ name }) => name));
    expect(names).toEqual(expect.arrayContaining(EXCEPTIONS.flatMap(({ cases }) => cases)));
  });

  async function notSo(each: Case, { seen }: Exception): Promise<void> {
    const failure = await each.run(new Stage(driver, sandbox.control, EXCEPTION_BOUND_MS)).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    );
    if (!failure) throw new Error(`"${each.name}" holds now: take it out of exceptions.ts`);
    expect(failure.message).toMatch(seen);
  }
}
