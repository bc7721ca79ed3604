import type { Phone, SandboxControl } from '@trunkline/sandbox';
import type { Account } from '@trunkline/contracts';
import type { Api } from './api.js';
import { until } from './until.js';

/** Makes an account and links it to a sandbox phone, a new one, by QR; resolves when it is active, connected and knows its number. */
export async function linkedAccount(
  api: Api,
  sandbox: SandboxControl,
  name: string,
  known?: Phone,
): Promise<{ account: Account; phone: Phone }> {
  const account = await api.createAccount(name);
  const phone = known ?? (await sandbox.createPhone({ pushName: name }));
  await api.initialize(account.id);
  const qr = await until('a QR', () => api.qr(account.id));
  await sandbox.scan(phone.number, { qr: qr.text });
  return { account: await connected(api, account.id), phone };
}

/** Resolves when the account is active and connected, with its number. */
export function connected(api: Api, id: string, seconds = 60): Promise<Account> {
  return until(
    'the account to be active and connected',
    async () => {
      const account = await api.account(id);
      const { status, connection } = account.state;
      return status === 'active' && connection === 'connected' && account.phoneNumber ? account : undefined;
    },
    seconds,
  );
}
