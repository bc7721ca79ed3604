/** Previews over real sockets: what a page can do to us, and what it cannot. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Places } from '../../cluster/places.js';
import { startProxy } from '../proxies/testing/test.proxy.js';
import { proxyLine } from '../proxies/line/proxy.line.js';
import { Addresses } from './addresses.js';
import { PreviewMaker } from './preview.maker.js';

/** The one address of this machine that counts as public here; all else of it is as private as it is. */
const PUBLIC = '127.0.0.2';
const PRIVATE = '127.0.0.1';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function serve(host: string, answer: Answer): Promise<{ port: number; asked: string[]; server: Server }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.headers.host} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return { port: (server.address() as AddressInfo).port, asked, server };
}

const html = (response: ServerResponse, head: string): void =>
  void response.setHeader('content-type', 'text/html').end(`<html><head>${head}</head>`);

describe('a preview', () => {
  let pages: Awaited<ReturnType<typeof serve>>;
  let secret: Awaited<ReturnType<typeof serve>>;
  let answer: Answer;
  let lookUps: string[];
  let names: Record<string, string[][]>;
  let maker: PreviewMaker;

  beforeEach(async () => {
    pages = await serve(PUBLIC, (request, response) => answer(request, response));
    secret = await serve(PRIVATE, (_, response) => html(response, '<title>the keys of the house</title>'));
    lookUps = [];
    names = {
      'shop.example': [[PUBLIC]],
      'inside.example': [[PRIVATE]],
      'both.example': [[PUBLIC, PRIVATE]],
      'turned.example': [[PRIVATE, PUBLIC]],
    };
    const resolve = async (host: string): Promise<string[]> => {
      lookUps.push(host);
      const answers = names[host] ?? [[host]];
      return answers.length > 1 ? answers.shift()! : answers[0]!;
    };
    maker = new PreviewMaker({ addresses: new Addresses([PUBLIC]), places: new Places(4), resolve });
  });
  afterEach(async () => {
    for (const { server } of [pages, secret]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  const make = (
    url: string,
    agent?: Awaited<ReturnType<typeof proxyLine>>['agent'],
    signal = AbortSignal.timeout(20_000),
  ) => maker.make(url, agent, signal);
  const shop = (path = '/'): string => `http://shop.example:${pages.port}${path}`;

  it('is what the page says of itself, with its picture made small', async () => {
    const picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    answer = (request, response) => {
      if (request.url === '/a.png') return void response.setHeader('content-type', 'image/png').end(picture);
      html(
        response,
        '<meta property="og:title" content="Shirts"><meta property="og:image" content="/a.png"><meta name="description" content="All sizes">',
      );
    };
    const preview = await make(shop('/shirts'));
    expect(preview).toMatchObject({ url: shop('/shirts'), title: 'Shirts', description: 'All sizes' });
    const small = await sharp(Buffer.from(preview!.thumbnail!, 'base64')).metadata();
    expect(small).toMatchObject({ format: 'jpeg', width: 192, height: 128 });
    expect(pages.asked).toEqual([`shop.example:${pages.port} /shirts`, `shop.example:${pages.port} /a.png`]);
  });

  it('looks a name up once for each step, and connects to what it found', async () => {
    // The second answer would be the private one: there is no second question.
    names['shop.example'] = [[PUBLIC], [PRIVATE]];
    answer = (_, response) => html(response, '<title>Shop</title>');
    expect(await make(shop())).toMatchObject({ title: 'Shop' });
    expect(lookUps).toEqual(['shop.example']);
    expect(await make(`http://shop.example:${secret.port}/`)).toBeNull();
    expect(secret.asked).toEqual([]);
  });

  it.each([
    ['named by an address', (port: number) => `http://127.0.0.1:${port}/`],
    ['named by another spelling of it', (port: number) => `http://2130706433:${port}/`],
    ['named by one of IPv6', (port: number) => `http://[::ffff:127.0.0.1]:${port}/`],
    ['named by a name', (port: number) => `http://inside.example:${port}/`],
    ['one of two addresses of a name', (port: number) => `http://both.example:${port}/`],
    ['the first of two addresses of a name', (port: number) => `http://turned.example:${port}/`],
  ])('is not made of what is private: %s', async (_, url) => {
    expect(await make(url(secret.port))).toBeNull();
    // Nor where a page sends us on to it, or says that its picture is there.
    answer = (_request, response) => void response.writeHead(302, { location: url(secret.port) }).end();
    expect(await make(shop())).toBeNull();
    answer = (_request, response) =>
      html(response, `<title>Shop</title><meta property="og:image" content="${url(secret.port)}">`);
    expect(await make(shop())).toEqual({ url: shop(), title: 'Shop' });
    expect(secret.asked).toEqual([]);
  });

  it.each(['file:///etc/passwd', 'ftp://shop.example/', 'http://user:word@shop.example/'])(
    'is not made of %s',
    async (url) => {
      expect(await make(url)).toBeNull();
      expect(lookUps).toEqual([]);
    },
  );

  it('follows a page that has moved, and not one that moves for ever', async () => {
    answer = ({ url }, response) => {
      if (url === '/old') return void response.writeHead(301, { location: '/new' }).end();
      if (url === '/round') return void response.writeHead(302, { location: '/round' }).end();
      html(response, '<title>New</title>');
    };
    expect(await make(shop('/old'))).toEqual({ url: shop('/old'), title: 'New' });
    expect(await make(shop('/round'))).toBeNull();
    expect(pages.asked.filter((line) => line.endsWith('/round'))).toHaveLength(4);
  });

  it.each<[string, Answer]>([
    ['no page', (_, response) => void response.setHeader('content-type', 'application/pdf').end('<title>x</title>')],
    [
      'an error',
      (_, response) => void response.writeHead(500, { 'content-type': 'text/html' }).end('<title>x</title>'),
    ],
    [
      'packed',
      (_, response) =>
        void response.setHeader('content-encoding', 'gzip').setHeader('content-type', 'text/html').end('x'),
    ],
    ['without a title', (_, response) => html(response, '<p>hello')],
    [
      'cut off',
      (_, response) => void response.setHeader('content-type', 'text/html').write('<ti', () => response.destroy()),
    ],
  ])('is not made of what is %s', async (_, how) => {
    answer = how;
    expect(await make(shop())).toBeNull();
  });

  it('reads no more of a page than its beginning', async () => {
    let sent = 0;
    const filler = Buffer.alloc(64 * 1024, ' ');
    answer = (_, response) => {
      response.setHeader('content-type', 'text/html').write('<title>Long</title>');
      const more = (): void => {
        if (response.destroyed) return;
        sent += filler.length;
        response.write(filler, () => setImmediate(more));
      };
      more();
    };
    expect(await make(shop())).toEqual({ url: shop(), title: 'Long' });
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  it('leaves out a picture that is too long, or is none', async () => {
    answer = ({ url }, response) => {
      const type = url?.slice(1) ?? '';
      if (!type) return html(response, '<title>Shop</title>');
      response.setHeader('content-type', 'image/png');
      response.end(type === 'long' ? Buffer.alloc(5 * 1024 * 1024) : '<svg xmlns="http://www.w3.org/2000/svg"/>');
    };
    for (const type of ['long', 'svg']) {
      const before = answer;
      answer = (request, response) =>
        request.url === '/'
          ? html(response, `<title>Shop</title><meta property="og:image" content="/${type}">`)
          : before(request, response);
      expect(await make(shop())).toEqual({ url: shop(), title: 'Shop' });
    }
  });

  it('gives up on a page that does not answer', async () => {
    answer = () => undefined;
    expect(await make(shop(), undefined, AbortSignal.timeout(200))).toBeNull();
  });

  it('goes by the account’s proxy, which is told the address that was judged', async () => {
    const proxy = await startProxy('http');
    answer = (_, response) => html(response, '<title>Shop</title>');
    const { agent } = await proxyLine(proxy.address);
    expect(await make(shop(), agent)).toMatchObject({ title: 'Shop' });
    expect(await make(`http://inside.example:${secret.port}/`, agent)).toBeNull();
    expect(proxy.asked).toEqual([`${PUBLIC}:${pages.port}`]);
    await proxy.close();
    // And by no other way when that one is broken.
    expect(await make(shop(), agent)).toBeNull();
    expect(pages.asked).toHaveLength(1);
  });
});
