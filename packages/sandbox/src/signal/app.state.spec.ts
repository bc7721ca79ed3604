import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { applyPatch, emptyCollection, writePatch, type Change } from './app.state.js';
import { syncdPatch } from './app.state.proto.js';

const key = { id: randomBytes(6), data: randomBytes(32) };
const named = (name: string): Change => ({
  index: ['setting_pushName'],
  value: { timestamp: 1, pushNameSetting: { name } },
  version: 1,
});

it('writes patches that the other side follows, value replacing value', () => {
  const first = writePatch(emptyCollection('critical_block'), key, named('Ada'));
  const second = writePatch(first.after, key, named('Ada L.'));
  const followed = applyPatch(applyPatch(emptyCollection('critical_block'), key, first.patch).after, key, second.patch);
  expect(followed.after).toEqual(second.after);
  expect(followed.after.version).toBe(2);
  expect(Object.keys(followed.after.values)).toHaveLength(1);
  expect(followed.changes[0]).toMatchObject({
    index: ['setting_pushName'],
    value: { pushNameSetting: { name: 'Ada L.' } },
  });
});

it('refuses a patch with another history, another key or a changed value', () => {
  const { patch, after } = writePatch(emptyCollection('critical_block'), key, named('Ada'));
  expect(() => applyPatch(after, key, patch)).toThrow('snapshot MAC');
  expect(() => applyPatch(emptyCollection('regular'), key, patch)).toThrow('snapshot MAC');
  expect(() => applyPatch(emptyCollection('critical_block'), { ...key, data: randomBytes(32) }, patch)).toThrow(
    'value MAC',
  );
  const changed = syncdPatch.decode(patch);
  changed.mutations![0]!.record!.value!.blob![20]! ^= 1;
  expect(() => applyPatch(emptyCollection('critical_block'), key, syncdPatch.encode(changed))).toThrow('value MAC');
});
