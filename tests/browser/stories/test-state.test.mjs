// One state alone, as the API's TestState runs it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlayground } from '../support/playground.mjs';

test('a state is tested with a mocked result and with mocked errors', () => withPlayground(async (playground) => {
  await playground.openExample('Retry and catch');
  await playground.node('Charge card').click();
  await playground.region('Inspector').getByRole('button', { name: 'Test state' }).click();
  const dialog = playground.page.getByRole('dialog', { name: 'Test state: Charge card' });
  await dialog.getByLabel('Input', { exact: true }).fill('{"total": 5}');
  await dialog.getByRole('tab', { name: 'a result' }).click();
  await dialog.getByLabel('Mocked result').fill('{"id": 1}');
  await dialog.getByRole('button', { name: 'Test', exact: true }).click();
  await dialog.getByText('SUCCEEDED', { exact: true }).first().waitFor();
  await dialog.getByText('nextState: Ship').waitFor();
  await dialog.locator('[data-stage="afterResultPath"]').waitFor();

  await dialog.getByRole('tab', { name: 'an error' }).click();
  await dialog.getByLabel('Error', { exact: true }).fill('Gateway.Busy');
  await dialog.getByRole('button', { name: 'Test', exact: true }).click();
  await dialog.getByText('RETRIABLE', { exact: true }).first().waitFor();
  await dialog.getByText('Variables, context, retries').click();
  await dialog.getByLabel('Retries so far').fill('3');
  await dialog.getByRole('button', { name: 'Test', exact: true }).click();
  await dialog.getByText('FAILED', { exact: true }).first().waitFor();
  await dialog.getByLabel('Error', { exact: true }).fill('Card.Declined');
  await dialog.getByRole('button', { name: 'Test', exact: true }).click();
  await dialog.getByText('CAUGHT_ERROR', { exact: true }).first().waitFor();

  await playground.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await playground.node('Charge card').getAttribute('data-selected'), 'true');
}));

test('the key t opens the test from the diagram, INFO leaves the stages out, and a snippet answers', () =>
  withPlayground(async (playground) => {
    await playground.setMockJavaScript('MyLambdaFunction1', '() => ({ from: "the snippet" })');
    const state = JSON.parse(await playground.editorText('Definition')).StartAt;
    await playground.focusNode(state);
    await playground.page.keyboard.press('t');
    const dialog = playground.page.getByRole('dialog', { name: `Test state: ${state}` });
    await dialog.getByRole('tab', { name: 'INFO' }).click();
    await dialog.getByRole('button', { name: 'Test', exact: true }).click();
    await dialog.getByText('"the snippet"').first().waitFor();
    assert.equal(await dialog.locator('[data-stage]').count(), 0);
    await dialog.getByRole('tab', { name: 'TRACE' }).click();
    await dialog.getByRole('button', { name: 'Test', exact: true }).click();
    await dialog.locator('[data-stage="result"]').waitFor();
  }));
