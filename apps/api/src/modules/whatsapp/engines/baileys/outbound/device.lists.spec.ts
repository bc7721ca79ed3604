import { beforeEach, expect, it, vi } from 'vitest';
import { FakeNetwork, node } from '../testing/fake-network.js';
import { ada, friendly } from '../testing/recipients.js';
import { DeviceLists } from './device.lists.js';

let network: FakeNetwork;
beforeEach(() => void (network = new FakeNetwork()));

it('keeps a device list until a notice changes it, or it is a day old', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  network.answer = friendly;
  const lists = new DeviceLists(network.account);
  expect((await lists.of([ada])).get(ada)).toEqual([ada, '7:2@s.whatsapp.net']);
  await lists.change(ada, { add: [4], remove: [2] });
  expect((await lists.of([ada])).get(ada)).toEqual([ada, '7:4@s.whatsapp.net']);
  expect((await lists.of(['77@lid'])).get('77@lid')).toEqual(['77@lid', '77:4@lid']);
  expect(network.asked('usync')).toHaveLength(1);
  vi.setSystemTime(Date.now() + 25 * 3600 * 1000);
  await lists.of([ada]);
  expect(network.asked('usync')).toHaveLength(2);
  vi.useRealTimers();
});

it('leaves out devices without a key index and those that are hosted', async () => {
  const devices = [
    node('device', { id: '0' }),
    node('device', { id: '1' }),
    node('device', { id: '2', 'key-index': '1', is_hosted: 'true' }),
    node('device', { id: '3', 'key-index': '2' }),
  ];
  const user = node('user', { jid: ada }, [node('devices', {}, [node('device-list', {}, devices)])]);
  network.answer = () => [node('usync', {}, [node('list', {}, [user])])];
  expect((await new DeviceLists(network.account).of([ada])).get(ada)).toEqual([ada, '7:3@s.whatsapp.net']);
});
