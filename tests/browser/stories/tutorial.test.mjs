// A learner opens the page for the first time, runs the tutorial, changes a mock and a state, and runs again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlayground } from '../support/playground.mjs';

const TWO_LAMBDAS = [
  'ExecutionStarted',
  'TaskStateEntered', 'LambdaFunctionScheduled', 'LambdaFunctionStarted', 'LambdaFunctionSucceeded', 'TaskStateExited',
  'TaskStateEntered', 'LambdaFunctionScheduled', 'LambdaFunctionStarted', 'LambdaFunctionSucceeded', 'TaskStateExited',
  'ExecutionSucceeded',
];

test('the first visit shows the tutorial and runs it', () => withPlayground(async (playground) => {
  const definition = await playground.editorText('Definition');
  assert.match(definition, /MyLambdaFunction1/);
  assert.match(definition, /MyLambdaFunction2/);
  for (const name of ['Definition', 'Diagram', 'Execution log', 'Mocks', 'Inspector']) {
    assert.equal(await playground.region(name).count(), 1, `region ${name}`);
  }
  assert.equal(await playground.runToEnd(), 'SUCCEEDED');
  assert.deepEqual(await playground.eventTypes(), TWO_LAMBDAS);
  const { StartAt } = JSON.parse(definition);
  assert.equal(await playground.node(StartAt).getAttribute('data-status'), 'succeeded');
}));

test('an edited mock and an edited state change what the execution does', () => withPlayground(async (playground) => {
  await playground.setMockJavaScript('MyLambdaFunction1', '(event) => ({ greeting: "hello from the story" })');
  await playground.editDefinition((text) => {
    const machine = JSON.parse(text);
    const last = Object.values(machine.States).find((state) => state.End);
    last.Parameters = { 'said.$': '$.greeting' };
    return JSON.stringify(machine, null, 2);
  });
  await playground.setMockJavaScript('MyLambdaFunction2', 'async (event) => event.said.toUpperCase()');
  assert.equal(await playground.runToEnd(), 'SUCCEEDED');
  await playground.event('ExecutionSucceeded').click();
  await playground.region('Inspector').getByText('HELLO FROM THE STORY').first().waitFor();
}));

test('the draft survives a reload', () => withPlayground(async (playground) => {
  await playground.editDefinition((text) => text.replace('"Comment": "', '"Comment": "kept over a reload, '));
  await playground.page.waitForTimeout(700);
  await playground.page.reload();
  await playground.page.locator('[data-ready="true"]').waitFor({ state: 'attached' });
  assert.match(await playground.editorText('Definition'), /kept over a reload/);
}));
