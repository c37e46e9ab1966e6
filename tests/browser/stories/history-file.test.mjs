// A history of a real account plays like a recording of the page.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlayground } from '../support/playground.mjs';

const MACHINE = {
  StartAt: 'Reserve',
  States: {
    Reserve: {
      Type: 'Task',
      Resource: 'arn:aws:lambda:eu-central-1:111122223333:function:reserve',
      Catch: [{ ErrorEquals: ['SoldOut'], Next: 'Apologize' }],
      End: true,
    },
    Apologize: { Type: 'Pass', End: true },
  },
};

/** As the AWS CLI prints it, in the time zone of whoever fetched it. */
const HISTORY = {
  events: [
    { timestamp: '2024-05-06T10:00:00.125000+02:00', type: 'ExecutionStarted', id: 1, previousEventId: 0, executionStartedEventDetails: { input: '{"seat": 12}', inputDetails: { truncated: false }, roleArn: 'arn:aws:iam::111122223333:role/orders' } },
    { timestamp: '2024-05-06T10:00:00.165000+02:00', type: 'TaskStateEntered', id: 2, previousEventId: 0, stateEnteredEventDetails: { name: 'Reserve', input: '{"seat": 12}', inputDetails: { truncated: false } } },
    { timestamp: '2024-05-06T10:00:00.165000+02:00', type: 'LambdaFunctionScheduled', id: 3, previousEventId: 2, lambdaFunctionScheduledEventDetails: { resource: 'arn:aws:lambda:eu-central-1:111122223333:function:reserve', input: '{"seat": 12}', inputDetails: { truncated: false } } },
    { timestamp: '2024-05-06T10:00:00.200000+02:00', type: 'LambdaFunctionStarted', id: 4, previousEventId: 3 },
    { timestamp: '2024-05-06T10:00:01.500000+02:00', type: 'LambdaFunctionFailed', id: 5, previousEventId: 4, lambdaFunctionFailedEventDetails: { error: 'SoldOut', cause: 'no seat 12' } },
    { timestamp: '2024-05-06T10:00:01.500000+02:00', type: 'TaskStateExited', id: 6, previousEventId: 5, stateExitedEventDetails: { name: 'Reserve', output: '{"Error": "SoldOut", "Cause": "no seat 12"}', outputDetails: { truncated: false } } },
    { timestamp: '2024-05-06T10:00:01.510000+02:00', type: 'PassStateEntered', id: 7, previousEventId: 6, stateEnteredEventDetails: { name: 'Apologize', input: '{"Error": "SoldOut"}', inputDetails: { truncated: false } } },
    { timestamp: '2024-05-06T10:00:01.510000+02:00', type: 'PassStateExited', id: 8, previousEventId: 7, stateExitedEventDetails: { name: 'Apologize', output: '{"sorry": true}', outputDetails: { truncated: false } } },
    { timestamp: '2024-05-06T10:00:01.540000+02:00', type: 'ExecutionSucceeded', id: 9, previousEventId: 8, executionSucceededEventDetails: { output: '{"sorry": true}', outputDetails: { truncated: false } } },
  ],
};

async function define(playground) {
  await playground.setDefinition(JSON.stringify(MACHINE, null, 2));
  await playground.node('Reserve').waitFor();
}

async function assertPlays(playground) {
  const { page } = playground;
  assert.equal(await playground.finalStatus(), 'SUCCEEDED');
  await playground.node('Reserve').and(page.locator('[data-status="caught"]')).waitFor();
  assert.deepEqual(await playground.eventTypes(), HISTORY.events.map((event) => event.type));
  await playground.event('LambdaFunctionFailed').click();
  await playground.node('Apologize').and(page.locator('[data-status="not-run"]')).waitFor();
  await playground.region('Inspector').getByText('no seat 12').first().waitFor();
}

test('a picked history plays on the diagram of the definition', () => withPlayground(async (playground) => {
  await define(playground);
  await playground.button('Open a history').click();
  await playground.page.getByLabel('History to open').setInputFiles({
    name: 'history.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(HISTORY, null, 4)),
  });
  await assertPlays(playground);
  assert.ok(await playground.button('Stop').isDisabled(), 'what is recorded cannot be stopped');
}));

test('a dropped history plays, too', () => withPlayground(async (playground) => {
  await define(playground);
  await playground.dropFile('history.json', JSON.stringify(HISTORY));
  await assertPlays(playground);
}));

test('a pasted history that lacks events is refused with the way out, and the run on the screen stays', () =>
  withPlayground(async (playground) => {
    const { page } = playground;
    await define(playground);
    await playground.runToEnd();
    await playground.button('Open a history').click();
    const dialog = page.getByRole('dialog', { name: 'Open a history' });
    const paste = async (text) => {
      await dialog.getByRole('textbox', { name: 'Or paste it' }).fill(text);
      await dialog.getByRole('button', { name: 'Open the history' }).click();
    };
    await paste('{ "events": [');
    await dialog.getByRole('alert').getByText(/This is not JSON: line 1/).waitFor();
    await paste(JSON.stringify({ events: HISTORY.events.filter((event) => event.id !== 4) }));
    await dialog.getByRole('alert').getByText(/Event 4 is missing/).waitFor();
    await paste(JSON.stringify(MACHINE));
    await dialog.getByRole('alert').getByText(/A history is an array of events/).waitFor();
    await page.keyboard.press('Escape');
    await playground.event('ExecutionSucceeded').waitFor();
    await playground.button('Open a history').click();
    await paste(JSON.stringify(HISTORY.events.toReversed()));
    await assertPlays(playground);
  }));

test('states that the definition does not have are named', () => withPlayground(async (playground) => {
  await define(playground);
  await playground.editDefinition((text) => text.replaceAll('Apologize', 'SayNo'));
  await playground.node('SayNo').waitFor();
  await playground.dropFile('history.json', JSON.stringify(HISTORY));
  await playground.region('Execution log').getByText(/has no state \u201cApologize\u201d/).waitFor();
  await playground.node('Reserve').and(playground.page.locator('[data-status="caught"]')).waitFor();
}));
