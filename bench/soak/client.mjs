/**
 * A program that sends by the API and may die at any moment. What it is going to send it writes into its journal first, with
 * the idempotency key; what was accepted, after. When it starts it begins with what has no answer, under the same keys: so
 * a call whose answer was lost is asked again, and must not become a second message.
 *
 *   node client.mjs JOURNAL API_FILE EVERY_MS     API_FILE holds { url, key, actors: [{ accountId, person }] } and may change
 */
import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

const [journal, apiFile, everyMs] = process.argv.slice(2);
const note = (line) => appendFileSync(journal, `${JSON.stringify(line)}\n`);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const api = () => JSON.parse(readFileSync(apiFile, 'utf8'));

function unanswered() {
  if (!existsSync(journal)) return [];
  const open = new Map();
  for (const line of readFileSync(journal, 'utf8').split('\n')) {
    if (!line.endsWith('}')) continue; // The last line of one that was killed while it wrote.
    const entry = JSON.parse(line);
    if (entry.intent) open.set(entry.key, entry);
    else open.delete(entry.key);
  }
  return [...open.values()];
}

async function deliver(intent) {
  for (;;) {
    try {
      const { url, key: apiKey } = api();
      const response = await fetch(`${url}/api/whatsapp/messages`, {
        method: 'POST',
        headers: { 'x-api-key': apiKey, 'content-type': 'application/json', 'idempotency-key': intent.key },
        body: JSON.stringify({ accountId: intent.accountId, to: `+${intent.person}`, text: intent.text }),
        signal: AbortSignal.timeout(10_000),
      });
      const body = await response.json();
      if (response.ok) return note({ key: intent.key, accepted: { messageId: body.id, waId: body.waId } });
      if (response.status < 500 && response.status !== 429) return note({ key: intent.key, refused: body });
    } catch {
      // No answer is no answer: asked again, with the same key.
    }
    await pause(100);
  }
}

/** One lane for each account, so that a call that hangs holds up no other. */
async function lane({ accountId, person }, left) {
  for (const intent of left) await deliver(intent);
  for (;;) {
    const intent = { intent: true, key: randomUUID(), accountId, person, text: `out ${randomUUID()}` };
    note(intent);
    await deliver(intent);
    await pause(everyMs * (0.5 + Math.random()));
  }
}

process.stdin.on('close', () => process.exit(0)).resume();
const left = unanswered();
for (const actor of api().actors)
  void lane(
    actor,
    left.filter(({ accountId }) => accountId === actor.accountId),
  );
