/** `npm run trace` beside the running product. */
import { SandboxControl } from '@trunkline/sandbox';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Product, startProduct } from '../apps/api/src/testing/product.js';
import { Api } from './support/api.js';
import { linkedAccount } from './support/link.js';
import { runProgram } from './support/program.js';
import { until } from './support/until.js';

let product: Product;
beforeAll(async () => {
  product = await startProduct({ env: { PAGES: 'off' } });
});
afterAll(() => product?.stop());

const trace = (...args: string[]) => runProgram(product, ['trace', ...args]);

it('prints what an account and the network say, and nothing of anybody', async () => {
  const api = new Api(product.url, product.apiKey);
  const sandbox = new SandboxControl({ url: `${product.url}/api/sandbox`, token: product.apiKey });
  const { account, phone } = await linkedAccount(api, sandbox, 'Traced');
  const ada = await sandbox.createPerson({ name: 'Ada', rule: { kind: 'mute' } });
  let done = false;
  const printed = trace('--seconds', '5', account.id).finally(() => (done = true));
  // It records from some moment on: one of these falls into it.
  await until('the end of the trace', async () => {
    const text = 'nobody else is to read this';
    const { waId } = await api.send({ accountId: account.id, to: `+${ada.number}`, text });
    await sandbox.waitForSeen(ada.number, ({ id }) => id === waId);
    return done;
  });
  const { output } = await printed;
  expect(output).toMatch(/ C message text: participants\(to/);
  expect(output).toMatch(/ S receipt read/);
  for (const secret of [phone.number, ada.number, ada.lid, 'nobody else', 'Ada']) expect(output).not.toContain(secret);
});

it('says what it takes when it is asked for something else', async () => {
  const wrong = await trace('nonsense');
  expect([wrong.code, wrong.output]).toEqual([1, expect.stringContaining('npm run trace')]);
  const usage = await trace('--help');
  expect([usage.code, usage.output]).toEqual([0, expect.stringContaining('npm run trace')]);
  const unknown = await trace('0198c0de-0000-7000-8000-000000000001');
  expect([unknown.code, unknown.output]).toEqual([1, expect.stringContaining('no such account')]);
});
