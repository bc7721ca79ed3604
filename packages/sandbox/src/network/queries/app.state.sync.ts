/** `w:sync:app:state`: patches of a collection, fetched and appended (protocol.md B.7). The network reads none of them. */
import { bytesOf, child, children, node, type Node } from '../../protocol/node.js';
import { announceAppState } from '../app.state.js';
import type { Answer, Query } from './query.js';

const PATCHES_PER_ANSWER = 50;

export function appStateSync(query: Query): Answer {
  const collections = children(child(query.iq, 'sync'), 'collection').map((each) => answer(each, query));
  return [node('sync', {}, collections)];
}

function answer(asked: Node, { device, services }: Query): Node {
  const { appState } = services;
  const name = asked.attrs.name ?? '';
  const known = Number(asked.attrs.version ?? 0);
  const patch = bytesOf(child(asked, 'patch'));
  if (patch && !appState.append(device.user.lid, name, patch, known)) return conflict(name, query(known));
  if (patch) announceAppState(services, device.user, [name], device);
  const after = patch ? known + 1 : known;
  const page = appState.after(device.user.lid, name, after, PATCHES_PER_ANSWER + 1);
  const more = page.length > PATCHES_PER_ANSWER;
  const patches = page.slice(0, PATCHES_PER_ANSWER).map((bytes) => node('patch', {}, bytes));
  const version = String(after + patches.length);
  const attrs = { name, version, has_more_patches: more ? 'true' : undefined };
  return node('collection', attrs, patches.length > 0 ? [node('patches', {}, patches)] : undefined);

  function query(at: number): Node[] {
    return appState.after(device.user.lid, name, at, PATCHES_PER_ANSWER).map((bytes) => node('patch', {}, bytes));
  }
}

/** The client was behind: it gets what it lacks, and tries again on top. */
function conflict(name: string, patches: Node[]): Node {
  const error = node('error', { code: '409', text: 'conflict' });
  return node('collection', { name, type: 'error' }, [error, node('patches', {}, patches)]);
}
