// Mocks without code: responses in order, tested alone, made from a run, and in and out as a mock file.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlayground } from '../support/playground.mjs';

/** Opens the responses of a mock and returns the pane. */
async function responses(playground, name) {
  const mocks = playground.region('Mocks');
  await mocks.getByRole('tab', { name: new RegExp(`^${name}\\b`) }).click();
  await mocks.getByRole('tab', { name: 'Responses', exact: true }).click();
  return mocks;
}

test('fail, then succeed: responses in order teach Retry, and say how often they were used', () =>
  withPlayground(async (playground) => {
    await playground.editDefinition((text) => {
      const machine = JSON.parse(text);
      machine.States[machine.StartAt].Retry = [{ ErrorEquals: ['Lambda.TooManyRequestsException'] }];
      return JSON.stringify(machine, null, 2);
    });
    const mocks = await responses(playground, 'MyLambdaFunction1');
    await mocks.getByLabel('Result of call 1, JSON').fill('{"ok": true}');
    await mocks.getByRole('button', { name: 'Add a response' }).click();
    await mocks.getByLabel('Answer to call 2').selectOption('Fail');
    await mocks.getByLabel('Error', { exact: true }).fill('Lambda.TooManyRequestsException');
    // The failure is to come first: Alt+Up moves it there, and the focus goes with it.
    await mocks.getByLabel('Answer to call 2').focus();
    await playground.page.keyboard.press('Alt+ArrowUp');
    assert.equal(await mocks.getByLabel('Answer to call 1').inputValue(), 'Fail');
    assert.equal(await playground.focusedName(), 'Answer to call 1');
    assert.equal(await playground.runToEnd(), 'SUCCEEDED');
    assert.equal((await playground.eventTypes()).filter((type) => type === 'LambdaFunctionFailed').length, 1);
    await mocks.getByText('used 2 times in the last run').waitFor();
  }));

test('Test runs one mock with a sample event, and shows result, error and console', () => withPlayground(async (playground) => {
  await playground.setMockJavaScript('MyLambdaFunction1',
    '(event) => { console.log("adding", event.n); if (event.n < 0) throw new RangeError("too small"); return { sum: event.n + 1 }; }');
  const mocks = playground.region('Mocks');
  await mocks.getByText('Test this mock').click();
  await mocks.getByLabel('Sample event, JSON').fill('{"n": 41}');
  await mocks.getByRole('button', { name: 'Test', exact: true }).click();
  await mocks.getByRole('group', { name: 'Result of the mock' }).getByText('42').waitFor();
  await mocks.getByText('adding 41').waitFor();
  await mocks.getByLabel('Sample event, JSON').fill('{"n": -1}');
  await mocks.getByRole('button', { name: 'Test', exact: true }).click();
  await mocks.getByText('RangeError', { exact: true }).waitFor();
  assert.equal(await playground.region('Execution log').getByText('No run yet.').count(), 1);
}));

test('a result of a run becomes a mock', () => withPlayground(async (playground) => {
  await playground.setMockJavaScript('MyLambdaFunction1', '() => ({ price: 7 })');
  assert.equal(await playground.runToEnd(), 'SUCCEEDED');
  const machine = JSON.parse(await playground.editorText('Definition'));
  await playground.node(machine.StartAt).click();
  await playground.region('Inspector').getByRole('button', { name: 'Use this result as mock' }).click();
  const mocks = playground.region('Mocks');
  assert.match(await mocks.getByLabel('Result of call 1, JSON').inputValue(), /"price": 7/);
}));

test('tasks of the state machines that tasks start are mocked too', () => withPlayground(async (playground) => {
  const { page } = playground;
  const call = {
    Type: 'Task', Resource: 'arn:aws:states:::states:startExecution.sync:2', End: true,
    Parameters: { StateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:Child1' },
  };
  await playground.setDefinition(JSON.stringify({ StartAt: 'Call', States: { Call: call } }, null, 2));
  await playground.node('Call').waitFor();
  await playground.button('Run settings').click();
  await playground.button('Add a state machine').click();
  const text = page.getByRole('textbox', { name: 'Definition of Child1' });
  const pack = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:PackBox', End: true };
  await text.fill(JSON.stringify({ StartAt: 'Pack', States: { Pack: pack } }));
  await text.blur();
  await page.keyboard.press('Escape');
  await playground.setMockJavaScript('PackBox', '() => ({ packed: 7 })');
  assert.equal(await playground.runToEnd(), 'SUCCEEDED');
  await playground.event('ExecutionSucceeded').click();
  await playground.region('Inspector').getByText('"packed"').first().waitFor();
}));

test('a mock that matches nothing says so', () => withPlayground(async (playground) => {
  await playground.setMockJavaScript('MyLambdaFunction2', '() => 1');
  await playground.editDefinition((text) => text.replaceAll('MyLambdaFunction2', 'Renamed'));
  const mocks = playground.region('Mocks');
  await mocks.getByRole('tab', { name: /^Renamed\b/ }).waitFor();
  await mocks.getByRole('tab', { name: /^MyLambdaFunction2\b/ }).click();
  await mocks.getByText('It matches nothing').waitFor();
  await mocks.getByRole('button', { name: 'Delete the mock' }).click();
  await mocks.getByRole('tab', { name: /^MyLambdaFunction2\b/ }).waitFor({ state: 'detached' });
}));

test('a mock file of Step Functions Local comes in and goes out', () => withPlayground(async (playground) => {
  const machine = JSON.parse(await playground.editorText('Definition'));
  const state = machine.StartAt;
  const file = {
    StateMachines: { Orders: { TestCases: { Slow: { [state]: 'SlowMock' } } } },
    MockedResponses: { SlowMock: { 0: { Throw: { Error: 'Busy', Cause: 'later' } }, '1-2': { Return: { ok: true } } } },
  };
  await playground.button('Mock file').click();
  const dialog = playground.page.getByRole('dialog', { name: 'Files' });
  const choosing = playground.page.waitForEvent('filechooser');
  await dialog.getByRole('button', { name: /^Choose a file/ }).click();
  const buffer = Buffer.from(JSON.stringify(file));
  await (await choosing).setFiles({ name: 'MockConfigFile.json', mimeType: 'application/json', buffer });
  await playground.page.getByRole('button', { name: /^Orders \/ Slow/ }).click();
  const mocks = playground.region('Mocks');
  // Once the definition is read with it, the state has a mock of its own, in its place: the first.
  const own = mocks.getByRole('tablist', { name: 'Mocked tasks' }).getByRole('tab').first();
  await own.getByText(state, { exact: true }).waitFor();
  await own.click();
  assert.equal(await mocks.getByLabel('Answer to call 1').inputValue(), 'Fail');

  await playground.button('Mock file').click();
  const { text } = await playground.download(() => dialog.getByRole('button', { name: /^Mock file/ }).click());
  const written = JSON.parse(text);
  const [name] = Object.values(Object.values(written.StateMachines)[0].TestCases.Playground);
  assert.deepEqual(written.MockedResponses[name]['0'], { Throw: { Error: 'Busy', Cause: 'later' } });
}));
