/** Texts that wait for the preview of their link, with a worker whose engine is scripted and a page on this machine. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Message, SendContent } from '@trunkline/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../../testing/database.js';
import { ctx, freshWorld, type RunningWorker, type WorkerWorld } from '../../testing/worker.world.js';

describe('a text with a link', () => {
  const database = useDatabase();
  let world: WorkerWorld;
  let running: RunningWorker;
  let id: string;
  let server: Server;
  /** Requests that wait for their answer. */
  let asked: ServerResponse[];
  let link: string;

  beforeEach(async () => {
    ({ world, running } = await freshWorld(database));
    id = await world.link(running);
    asked = [];
    server = createServer((_, response) => void asked.push(response));
    // The one address of this machine that this world takes for a public one.
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.2', resolve));
    link = `http://127.0.0.2:${(server.address() as AddressInfo).port}/shirts`;
  });
  afterEach(async () => {
    await world.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const send = async (content: SendContent, to = '+9991112223') =>
    (await world.messages.send(ctx, { accountId: id, to, content })).message;
  const linked = (): Promise<Message> => send({ kind: 'text', text: `see ${link}`, linkPreview: true });
  const plain = (to?: string): Promise<Message> => send({ kind: 'text', text: 'and this' }, to);
  const frames = async (): Promise<readonly string[]> => (await world.session(running, id)).frames;
  const left = (messages: Message[]) =>
    world.until(async () => expect(await frames()).toEqual(messages.map(({ waId }) => waId)));
  const shown = async ({ id }: Message) => (await world.messages.read(ctx, id)).content;
  const answer = (title: string) =>
    world.until(() => {
      expect(asked).toHaveLength(1);
      return asked[0]!.setHeader('content-type', 'text/html').end(`<title>${title}</title>`);
    });

  it('leaves with what the page says of itself; its chat waits for that, and no other does', async () => {
    const [first, second] = [await linked(), await plain()];
    expect(first.content).toMatchObject({ preview: null });
    const elsewhere = await plain('+9991112224');
    await left([elsewhere]);
    await answer('Shirts');
    await left([elsewhere, first, second]);
    expect(await shown(first)).toEqual({ kind: 'text', text: `see ${link}`, preview: { url: link, title: 'Shirts' } });
    expect(await world.events(id)).toContain('message.updated');
  });

  it('leaves without when the page says nothing, and when it says nothing for long', async () => {
    const first = await linked();
    await world.until(() => expect(asked).toHaveLength(1));
    asked.splice(0)[0]!.writeHead(404).end();
    await left([first]);
    const second = await linked();
    await world.until(() => expect(asked).toHaveLength(1));
    await world.pass(11);
    await left([first, second]);
    expect(await shown(first)).toEqual({ kind: 'text', text: `see ${link}` });
    expect(await shown(second)).toEqual({ kind: 'text', text: `see ${link}` });
  });

  it('has it made by the next owner when this one dies meanwhile', async () => {
    const first = await linked();
    await world.until(() => expect(asked).toHaveLength(1));
    await world.accounts.disconnect(ctx, id);
    asked.splice(0);
    await world.accounts.initialize(ctx, id);
    await answer('Shirts');
    await left([first]);
    expect(await shown(first)).toMatchObject({ preview: { title: 'Shirts' } });
  });

  it('asks nobody unless it is to: by the text, or by how the account is set', async () => {
    const unasked = await send({ kind: 'text', text: `see ${link}` });
    await left([unasked]);
    await database.pool.query(
      `insert into mkt_wap_account_messaging (account_id, read_receipts, link_previews, calls, updated_at)
       values ($1, false, true, 'ring', now())`,
      [id],
    );
    const refused = await send({ kind: 'text', text: `see ${link}`, linkPreview: false });
    await left([unasked, refused]);
    expect(asked).toEqual([]);
    const bySetting = await send({ kind: 'text', text: `see ${link}` });
    await answer('Shirts');
    await left([unasked, refused, bySetting]);
    expect(await shown(bySetting)).toMatchObject({ preview: { title: 'Shirts' } });
  });

  it('is taken back while it waits', async () => {
    const first = await linked();
    await world.until(() => expect(asked).toHaveLength(1));
    await world.turning(world.outbox.cancel(ctx, first.id));
    const second = await plain();
    await answer('Shirts');
    await left([second]);
  });
});
