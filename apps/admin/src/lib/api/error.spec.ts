import { expect, it } from 'vitest';
import { readError } from './error';

const answer = (status: number, body: unknown) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });

it('reads the words of the API, and which field is at fault', async () => {
  const details = [{ field: 'name', message: 'Give the account a name.' }];
  const error = await readError(
    answer(400, { error: { code: 'validation_failed', message: 'No.', details, traceId: 't1' } }),
  );
  expect(error).toMatchObject({ code: 'validation_failed', message: 'No.', status: 400, traceId: 't1' });
  expect(error.field('name')).toBe('Give the account a name.');
  expect(error.field('network')).toBeNull();
});

it('reads the words of the sandbox, whose codes are its own', async () => {
  const error = await readError(answer(409, { error: { code: 'conflict', message: 'Nobody shows this QR.' } }));
  expect(error).toMatchObject({ code: 'conflict', message: 'Nobody shows this QR.' });
  expect(await readError(answer(400, { error: { code: 'invalid', message: 'digits only' } }))).toMatchObject({
    message: 'digits only',
  });
});

it('judges by the status when something else answered', async () => {
  expect((await readError(answer(503, '<html>starting</html>'))).code).toBe('unavailable');
  expect((await readError(answer(401, ''))).code).toBe('unauthenticated');
  expect((await readError(answer(418, 'teapot'))).code).toBe('unreadable');
});
