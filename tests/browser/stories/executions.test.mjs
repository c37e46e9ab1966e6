// Executions are kept: open one again, put two side by side, go into the ones that an execution started.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlayground } from '../support/playground.mjs';

const ORDER = {
  StartAt: 'Check',
  States: {
    Check: { Type: 'Choice', Choices: [{ Variable: '$.total', NumericGreaterThan: 100, Next: 'Refuse' }], Default: 'Take' },
    Take: { Type: 'Pass', Result: 'taken', End: true },
    Refuse: { Type: 'Fail', Error: 'TooMuch', Cause: 'more than 100' },
  },
};

const MAP_RUN = {
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Work',
        States: { Work: { Type: 'Pass', End: true } },
      },
      End: true,
    },
  },
};

const NESTING = {
  StartAt: 'Call',
  States: {
    Call: {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Parameters: { StateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:Child1', Input: { a: 1 } },
      End: true,
    },
  },
};

async function define(playground, machine, input = '{}') {
  await playground.setDefinition(JSON.stringify(machine, null, 2));
  await playground.node(machine.StartAt).waitFor();
  await playground.setInput(input);
}

test('an earlier execution comes back with its diagram, log and outcome', () => withPlayground(async (playground) => {
  const { page } = playground;
  await define(playground, ORDER, '{ "total": 250 }');
  assert.equal(await playground.runToEnd(), 'FAILED');
  await playground.setInput('{ "total": 5 }');
  assert.equal(await playground.runToEnd(), 'SUCCEEDED');
  await playground.button('Executions 2').click();
  const list = page.getByRole('list', { name: 'Executions so far' });
  assert.match(await list.innerText(), /SUCCEEDED[\s\S]*"total":5[\s\S]*"taken"[\s\S]*FAILED[\s\S]*"total":250[\s\S]*TooMuch: more than 100/);
  await playground.button('Open execution 1').click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await playground.finalStatus(), 'FAILED');
  await playground.node('Refuse').and(page.locator('[data-status="failed"]')).waitFor();
  assert.equal((await playground.eventTypes()).at(-1), 'ExecutionFailed');
  await playground.event('FailStateEntered').click();
  await playground.region('Inspector').getByText('Event 4').first().waitFor();
}));

test('two executions show where they part', () => withPlayground(async (playground) => {
  const { page } = playground;
  await define(playground, ORDER, '{ "total": 250 }');
  await playground.runToEnd();
  await playground.setInput('{ "total": 5 }');
  await playground.runToEnd();
  await playground.button('Executions 2').click();
  assert.ok(await playground.button('Compare').isDisabled());
  await page.getByRole('checkbox', { name: 'Compare execution 1' }).check();
  await page.getByRole('checkbox', { name: 'Compare execution 2' }).check();
  await playground.button('Compare').click();
  const dialog = page.getByRole('dialog', { name: 'Two executions' });
  await dialog.getByText('They part at event 1: both have ExecutionStarted, with other data.').waitFor();
  const events = dialog.getByRole('table', { name: 'Events side by side' });
  assert.match(await events.innerText(), /FailStateEntered[\s\S]*PassStateEntered/);
  await playground.button('All executions').click();
  await page.getByRole('dialog', { name: 'Executions' }).waitFor();
}));

test('an execution of an older definition brings its own diagram', () => withPlayground(async (playground) => {
  const { page } = playground;
  await define(playground, ORDER, '{ "total": 5 }');
  await playground.runToEnd();
  await define(playground, { StartAt: 'Other', States: { Other: { Type: 'Succeed' } } });
  await playground.runToEnd();
  await playground.button('Executions 2').click();
  await playground.button('Open execution 1').click();
  await page.getByText('This execution ran another version of the definition.').waitFor();
  await playground.node('Take').and(page.locator('[data-status="succeeded"]')).waitFor();
  await playground.button('Back to the editor\u2019s').click();
  await playground.node('Other').waitFor();
}));

test('child executions of a Map Run open from their state, and lead back', () => withPlayground(async (playground) => {
  const { page } = playground;
  await define(playground, MAP_RUN, '["first", "second"]');
  assert.equal(await playground.runToEnd(), 'SUCCEEDED');
  await playground.event('MapStateEntered').click();
  const children = page.getByRole('list', { name: 'Executions it started' });
  await children.getByRole('button').nth(1).click();
  await playground.event('PassStateEntered').waitFor();
  assert.deepEqual(await playground.eventTypes(), ['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded']);
  await playground.event('PassStateEntered').click();
  await playground.region('Inspector').getByText('"second"').first().waitFor();
  await playground.button('Parent execution').click();
  await playground.event('MapStateEntered').waitFor();
}));

test('executions open that were started by one that another one started', () => withPlayground(async (playground) => {
  const { page } = playground;
  await define(playground, NESTING);
  await playground.button('Run settings').click();
  const middle = NESTING.States.Call;
  const machines = [
    { ...NESTING, States: { Call: { ...middle, Parameters: { StateMachineArn: middle.Parameters.StateMachineArn.replace('Child1', 'Child2') } } } },
    { StartAt: 'Innermost', States: { Innermost: { Type: 'Pass', End: true } } },
  ];
  for (const [at, machine] of machines.entries()) {
    await playground.button('Add a state machine').click();
    const text = page.getByRole('textbox', { name: `Definition of Child${at + 1}` });
    await text.fill(JSON.stringify(machine));
  }
  await page.keyboard.press('Escape');
  assert.equal(await playground.runToEnd(), 'SUCCEEDED');
  const open = async () => {
    await playground.event('TaskSucceeded').click();
    await page.getByRole('list', { name: 'Executions it started' }).getByRole('button').click();
  };
  await open();
  await playground.button('Parent execution').waitFor();
  await open();
  await playground.node('Innermost').and(page.locator('[data-status="succeeded"]')).waitFor();
  await playground.button('Parent execution').click();
  await playground.event('TaskSucceeded').waitFor();
  await playground.button('Parent execution').click();
  await playground.button('Parent execution').waitFor({ state: 'detached' });
}));

test('a task starts another state machine, whose execution opens', () => withPlayground(async (playground) => {
  const { page } = playground;
  await define(playground, NESTING);
  await playground.button('Run settings').click();
  await playground.button('Add a state machine').click();
  await page.getByRole('textbox', { name: 'Definition of Child1' }).waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await playground.runToEnd(), 'SUCCEEDED');
  await playground.event('TaskSucceeded').click();
  await page.getByRole('list', { name: 'Executions it started' }).getByRole('button').click();
  await playground.node('Work').and(page.locator('[data-status="succeeded"]')).waitFor();
  assert.deepEqual(await playground.eventTypes(), ['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded']);
}));
