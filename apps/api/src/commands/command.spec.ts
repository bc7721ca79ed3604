import { expect, it } from 'vitest';
import { CommandRefused, readArguments, UsageAsked } from './command.js';

const OPTIONS = { seconds: { type: 'string', default: '60' } } as const;
const read = (...args: string[]) => readArguments(OPTIONS, 'npm run it -- [--seconds 60]', args);

it.each(['--help', '-h'])('tells how a command is used: %s', (asked) => {
  expect(() => read(asked)).toThrow(UsageAsked);
  expect(() => read('--seconds', '5', asked)).toThrow('npm run it');
});

it('refuses what it does not know, and says what there is', () => {
  expect(() => read('--second')).toThrow(CommandRefused);
  expect(() => read('--second')).toThrow('npm run it');
  expect(read('--seconds', '5', 'one')).toMatchObject({ values: { seconds: '5' }, positionals: ['one'] });
});
