// Retry and Catch explain themselves: which clause matched and why, and how each delay came about.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlayground } from '../support/playground.mjs';

test('every error says which retrier or catcher took it, and how long it waited', () => withPlayground(async (playground) => {
  await playground.openExample('Retry and catch');
  await playground.runToEnd();
  await playground.node('Charge card').click();
  const inspector = playground.region('Inspector');
  await inspector.getByRole('tab', { name: /^Retry & Catch/ }).click();
  const errors = inspector.getByRole('list', { name: 'Errors of this visit' });
  await errors.getByText('Gateway.Busy is in the list: retry 1 of 3').waitFor();
  await errors.getByText('Gateway.Busy is in the list: retry 2 of 3').waitFor();
  await errors.getByText('2 s × 2 = 4 s').waitFor();
  await errors.getByText('Card.Declined is not in the list').waitFor();
  await errors.getByText('Caught by catcher 1, to Ask for another card').waitFor();
  await errors.getByRole('button', { name: /^Event / }).first().click();
  const id = await playground.region('Execution log').locator('[aria-selected="true"]').getAttribute('data-event-type');
  assert.equal(id, 'LambdaFunctionFailed');
}));
