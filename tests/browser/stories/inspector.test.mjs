// The inspector: each stage of a state's data flow, what it changed, attempts, variables, and expressions tried in place.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlayground } from '../support/playground.mjs';

const PASSES = {
  StartAt: 'First',
  States: {
    First: { Type: 'Pass', Parameters: { 'total.$': '$.total', note: 'added' }, ResultPath: '$.made', Assign: { 'limit.$': '$.total' }, Next: 'Second' },
    Second: { Type: 'Pass', Parameters: { 'double.$': 'States.MathAdd($.total, $limit)' }, End: true },
  },
};

async function inspect(playground, state) {
  await playground.node(state).click();
  const inspector = playground.region('Inspector');
  await inspector.getByRole('heading', { name: state, exact: true }).waitFor();
  return inspector;
}

test('stages show what they changed, and an expression is tried against that point', () =>
  withPlayground(async (playground) => {
    await playground.setDefinition(JSON.stringify(PASSES, null, 2));
    await playground.setInput('{"total": 21}');
    assert.equal(await playground.runToEnd(), 'SUCCEEDED');
    const inspector = await inspect(playground, 'First');
    const merged = inspector.locator('[data-stage="afterResultPath"]');
    await merged.getByText('$.made').waitFor();
    await merged.getByText('added:').first().waitFor({ state: 'attached' });
    assert.equal(await inspector.locator('[data-stage="afterInputPath"]').getAttribute('data-reach'), 'unset');

    const strip = inspector.getByRole('form', { name: 'Try an expression' });
    await strip.getByLabel('Expression', { exact: true }).fill('States.MathAdd($.total, 2)');
    await strip.getByRole('button', { name: 'Evaluate' }).click();
    await strip.getByText('23', { exact: true }).waitFor();
    await strip.getByRole('tab', { name: 'JSONata' }).click();
    await strip.getByLabel('Expression', { exact: true }).fill('$states.input.total * 2');
    await strip.getByLabel('Expression', { exact: true }).press('Enter');
    await strip.getByText('42', { exact: true }).waitFor();
    await strip.getByLabel('Expression', { exact: true }).fill('$states.input.');
    await strip.getByLabel('Expression', { exact: true }).press('Enter');
    await strip.getByText(/syntax|expected|error/i).first().waitFor();
    assert.match(await playground.editorText('Definition'), /States\.MathAdd\(\$\.total, \$limit\)/);
  }));

test('variables say which state and event set them', () => withPlayground(async (playground) => {
  await playground.setDefinition(JSON.stringify(PASSES, null, 2));
  await playground.setInput('{"total": 21}');
  assert.equal(await playground.runToEnd(), 'SUCCEEDED');
  const inspector = await inspect(playground, 'Second');
  await inspector.getByRole('tab', { name: /^Variables/ }).click();
  await inspector.getByText('$limit').waitFor();
  await inspector.getByRole('button', { name: 'event 3', exact: true }).click();
  assert.equal(await playground.node('First').getAttribute('data-selected'), 'true');
}));

test('a failed stage shows the error where it happened, and moving the cursor moves the inspector', () =>
  withPlayground(async (playground) => {
    await playground.openExample('Retry and catch');
    await playground.runToEnd();
    const inspector = await inspect(playground, 'Charge card');
    const stage = (name) => inspector.locator(`[data-stage="${name}"]`);
    await stage('result').getByText('Card.Declined: Insufficient funds.').waitFor();
    assert.equal(await stage('result').getAttribute('data-reach'), 'failed');
    await stage('errorOutput').getByText('"Card.Declined"').waitFor();
    await stage('output').getByText('Catch[0].ResultPath').waitFor();

    await inspector.getByRole('group', { name: 'Attempts' }).getByRole('button', { name: /Attempt 1/ }).click();
    await inspector.getByRole('tab', { name: 'State', exact: true }).click();
    await stage('result').getByText('Gateway.Busy: Try again later.').waitFor();
    assert.equal(await stage('output').getAttribute('data-reach'), 'skipped');

    // The log's cursor drives the inspector, and what was chosen to be seen stays.
    const failures = playground.event('LambdaFunctionFailed');
    await failures.nth(1).click();
    await stage('result').getByText('Gateway.Busy: Still busy.').waitFor();
  }));

test('each iteration of a Map state can be picked', () => withPlayground(async (playground) => {
  const machine = {
    StartAt: 'Each',
    States: {
      Each: { Type: 'Map', ItemsPath: '$.list', End: true, ItemProcessor: { StartAt: 'One', States: { One: { Type: 'Pass', End: true } } } },
    },
  };
  await playground.setDefinition(JSON.stringify(machine, null, 2));
  await playground.setInput('{"list": ["a", "b", "c"]}');
  assert.equal(await playground.runToEnd(), 'SUCCEEDED');
  const inspector = await inspect(playground, 'One');
  await inspector.getByLabel('Visit', { exact: true }).selectOption({ label: 'iteration 1 of Each · succeeded' });
  await inspector.getByRole('tab', { name: 'State', exact: true }).click();
  await inspector.locator('[data-stage="input"]').getByText('"b"').waitFor();
}));
