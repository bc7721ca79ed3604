/**
 * Conversations and lists that are long: only what is in sight is in the page, from end to end. Frame times are printed and
 * not held to a number, as a machine under load draws slowly. For a spec that has a product with somebody signed in.
 */
import type { Page } from 'playwright-core';
import pg from 'pg';
import { expect, it } from 'vitest';
import { linkedAccount } from '../support/link.js';
import type { SignedIn } from './outbox.page.js';

const MESSAGES = 10_000;
const CHATS = 2_000;
/** Of a scroller, however much it scrolls. A bubble has some thirty elements. */
const MOST_NODES = 3_000;

export function longListCases(signedIn: () => SignedIn & { databaseUrl: string }): void {
  let accountId: string;

  it(`scrolls ${MESSAGES} messages from end to top, with few of them in the page at any moment`, async () => {
    const { page, api, sandbox, url, databaseUrl, shot } = signedIn();
    accountId = (await linkedAccount(api, sandbox, 'Archive')).account.id;
    const chatId = await seed(databaseUrl, accountId);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`${url}/marketing/whatsapp/messages?account=${accountId}&chat=${chatId}`);
    await log(page).getByText(`Message ${MESSAGES} with`).waitFor();
    const figures = await scrolled(page, '[role="log"]', -1);
    await log(page).getByText('Message 1 with').waitFor();
    tell('messages', figures);
    expect(figures.nodes).toBeLessThan(MOST_NODES);
    await shot('oldest');
    await page.getByRole('button', { name: 'To the newest message' }).click();
    await log(page).getByText(`Message ${MESSAGES} with`).waitFor();
  });

  it(`scrolls ${CHATS} chats to the last`, async () => {
    const { page } = signedIn();
    const figures = await scrolled(page, 'section[aria-label="Chats"] ul >> xpath=..', 1);
    await page.getByRole('button', { name: /Person 2000/ }).waitFor();
    tell('chats', figures);
    expect(figures.nodes).toBeLessThan(MOST_NODES);
  });
}

const log = (page: Page) => page.getByRole('log');

interface Figures {
  frames: number;
  /** Milliseconds between two frames. */
  p50: number;
  p95: number;
  max: number;
  longTasks: number;
  longestTask: number;
  /** Elements within the scroller, at most. */
  nodes: number;
  seconds: number;
}

const tell = (what: string, f: Figures) =>
  process.stdout.write(
    `SCROLL ${what} seconds=${f.seconds.toFixed(1)} frames=${f.frames} p50ms=${f.p50.toFixed(0)} p95ms=${f.p95.toFixed(0)} ` +
      `maxms=${f.max.toFixed(0)} longTasks=${f.longTasks} longestms=${f.longestTask.toFixed(0)} nodes=${f.nodes}\n`,
  );

/** Scrolls by 1,500 px each frame, up (-1) or down (1), until its end stays the end. */
async function scrolled(page: Page, scroller: string, direction: 1 | -1): Promise<Figures> {
  const element = await page.locator(scroller).first().elementHandle();
  return element!.evaluate(async (node, way) => {
    const box = node as HTMLElement;
    const tasks: number[] = [];
    const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((each) => each.duration)));
    observer.observe({ entryTypes: ['longtask'] });
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const gaps: number[] = [];
    let [nodes, still, last] = [0, 0, await frame()];
    const begun = last;
    const loading = '[aria-label="Loading older messages"], [aria-label="Loading more chats"]';
    // A page that is under way ends the stillness when it comes.
    while (still < 60) {
      const before = box.scrollTop;
      box.scrollTop += way * 1_500;
      const now = await frame();
      gaps.push(now - last);
      last = now;
      nodes = Math.max(nodes, box.querySelectorAll('*').length);
      still = box.scrollTop === before && !document.querySelector(loading) ? still + 1 : 0;
    }
    observer.disconnect();
    gaps.sort((a, b) => a - b);
    const at = (share: number) => gaps[Math.floor((gaps.length - 1) * share)]!;
    return {
      frames: gaps.length,
      p50: at(0.5),
      p95: at(0.95),
      max: at(1),
      longTasks: tasks.length,
      longestTask: Math.max(0, ...tasks),
      nodes,
      seconds: (last - begun) / 1_000,
    };
  }, direction);
}

/** 2,000 chats with a message each, the newest with 10,000; answers that one. */
async function seed(databaseUrl: string, accountId: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(
      `with people as (
         insert into mkt_wap_people (id, network, phone, push_name, created_at, updated_at)
         select gen_random_uuid(), 'sandbox', (9998000000000 + n)::text, 'Person ' || n, now(), now()
         from generate_series(1, $2::int) n returning id, push_name
       ), chats as (
         insert into mkt_wap_chats (id, account_id, network, person_id, last_activity_at, created_at, known_since)
         select gen_random_uuid(), $1, 'sandbox', id, now() - make_interval(mins => substring(push_name from 8)::int), now(), now()
         from people returning id, person_id, last_activity_at
       )
       select id, person_id from chats order by last_activity_at desc`,
      [accountId, CHATS],
    );
    const message = `insert into mkt_wap_messages (id, account_id, chat_id, sender_id, direction, wa_id, kind, content, status,
        timestamp, sent_at, created_at, updated_at)
      select gen_random_uuid(), $1, c.id, case when n % 3 > 0 then c.person_id end, case when n % 3 > 0 then 'in' else 'out' end,
        gen_random_uuid()::text, 'text', jsonb_build_object('kind', 'text', 'text', 'Message ' || n || ' ' || repeat('with some words ', n % 9)),
        case when n % 3 > 0 then 'delivered' else 'read' end, now() - make_interval(secs => 60 * ($4 - n)), now(), now(), now()`;
    const [first] = rows as { id: string; person_id: string }[];
    await client.query(
      `${message} from (select $2::uuid as id, $3::uuid as person_id) c, generate_series(1, $4::int) n order by n`,
      [accountId, first!.id, first!.person_id, MESSAGES],
    );
    await client.query(
      `${message} from mkt_wap_chats c, generate_series(1, $4::int) n where c.account_id = $1 and c.id <> $2 and $3::uuid is not null`,
      [accountId, first!.id, first!.person_id, 1],
    );
    await client.query(
      `update mkt_wap_chats c set last_message_id = (select id from mkt_wap_messages m where m.chat_id = c.id order by ordinal desc limit 1)
       where account_id = $1`,
      [accountId],
    );
    await client.query('analyze mkt_wap_messages, mkt_wap_chats, mkt_wap_people');
    return first!.id;
  } finally {
    await client.end();
  }
}
