import { accountCreateSchema, setupSchema } from '@trunkline/contracts';
import { expect, it } from 'vitest';
import { checkForm } from './check-form';

it('says what is wrong at the field, by the contract', () => {
  expect(checkForm(accountCreateSchema, { name: ' ', network: 'sandbox' })).toEqual({
    name: 'Give the account a name.',
  });
  const setup = { token: 'x'.repeat(32), name: 'Olive', email: 'nope', password: 'short' };
  expect(Object.keys(checkForm(setupSchema, setup))).toEqual(['email', 'password']);
});

it('finds nothing in what is right', () => {
  expect(checkForm(accountCreateSchema, { name: 'Shop' })).toEqual({});
});
