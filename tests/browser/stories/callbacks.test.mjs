// Callback patterns: a task that waits for its token, or an activity, is answered by the reader.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlayground } from '../support/playground.mjs';

const APPROVAL = {
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', TimeoutSeconds: 3600, HeartbeatSeconds: 600,
      Parameters: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/q', MessageBody: { 'token.$': '$$.Task.Token' } },
      Next: 'Work',
    },
    Work: { Type: 'Task', Resource: 'arn:aws:states:us-east-1:123456789012:activity:Worker', End: true },
  },
};

async function start(playground) {
  await playground.setDefinition(JSON.stringify(APPROVAL, null, 2));
  await playground.run();
  const panel = playground.region('Waiting for a callback');
  await panel.getByText('Ask', { exact: true }).waitFor();
  return panel;
}

test('the panel appears by itself, and success and an activity are answered', () => withPlayground(async (playground) => {
  const panel = await start(playground);
  await panel.getByLabel('Output, JSON').fill('{not json');
  await panel.getByRole('button', { name: 'SendTaskSuccess' }).click();
  await panel.getByRole('alert').getByText(/not JSON/).waitFor();
  await panel.getByRole('button', { name: 'SendTaskHeartbeat' }).click();
  await panel.getByRole('alert').waitFor({ state: 'detached' });
  await panel.getByLabel('Output, JSON').fill('{"approved": true}');
  await panel.getByRole('button', { name: 'SendTaskSuccess' }).click();
  await panel.getByText('waits for the worker of an activity').waitFor();
  await panel.getByRole('button', { name: 'SendTaskSuccess' }).click();
  assert.equal(await playground.finalStatus(), 'SUCCEEDED');
  await panel.waitFor({ state: 'detached' });
  assert.ok((await playground.eventTypes()).includes('ActivitySucceeded'));
}));

test('a failure comes with its error and cause', () => withPlayground(async (playground) => {
  const panel = await start(playground);
  await panel.getByLabel('Error', { exact: true }).fill('Denied');
  await panel.getByLabel('Cause', { exact: true }).fill('Too expensive');
  await panel.getByRole('button', { name: 'SendTaskFailure' }).click();
  assert.equal(await playground.finalStatus(), 'FAILED');
  await playground.event('ExecutionFailed').click();
  await playground.region('Inspector').getByText('Too expensive').first().waitFor();
}));

test('time stands still until the reader lets it pass', () => withPlayground(async (playground) => {
  const panel = await start(playground);
  await panel.getByRole('button', { name: 'Let time pass' }).click();
  assert.equal(await playground.finalStatus(), 'FAILED');
  assert.ok((await playground.eventTypes()).includes('TaskTimedOut'));
}));
