import { expect, it } from 'vitest';
import { chooseOwner } from './owner.ts';

it('is a number without a name, or the next that has none', () => {
  expect(chooseOwner('root:x:0:0::/root:/bin/sh\n')).toEqual({ uid: 60960, gid: 60960 });
  expect(chooseOwner('a:x:60960:1::/:/bin/sh\nb:x:60961:1::/:/bin/sh')).toEqual({ uid: 60962, gid: 60962 });
});
