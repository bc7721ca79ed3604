import { expect, it } from 'vitest';
import { readPoint } from './point';

it.each(['-6.2088, 106.8456', ' -6.2088;106.8456 ', '-6.2088 106.8456'])('reads %j', (text) => {
  expect(readPoint(text)).toEqual({ latitude: -6.2088, longitude: 106.8456 });
});

it.each(['', '91, 0', '0, 181', '1', 'a, b', '1, 2, 3'])('refuses %j', (text) => {
  expect(readPoint(text)).toBeNull();
});
