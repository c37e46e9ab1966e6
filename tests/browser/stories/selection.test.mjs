// Text, diagram, log and inspector point at the same thing.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlayground } from '../support/playground.mjs';

test('clicking a node selects its text and its events; clicking an event selects its node', () =>
  withPlayground(async (playground) => {
    assert.equal(await playground.runToEnd(), 'SUCCEEDED');
    const machine = JSON.parse(await playground.editorText('Definition'));
    const [first, second] = Object.keys(machine.States);
    await playground.node(second).click();
    assert.equal(await playground.node(second).getAttribute('data-selected'), 'true');
    const selected = await playground.page.evaluate(() => document.getSelection()?.toString() ?? '');
    assert.match(selected, /MyLambdaFunction2/);
    await playground.region('Inspector').getByText(second).first().waitFor();
    await playground.event('TaskStateEntered').first().click();
    assert.equal(await playground.node(first).getAttribute('data-selected'), 'true');
    await playground.region('Inspector').getByText('stateEnteredEventDetails').first().waitFor();
  }));

test('a run needs no mouse', () => withPlayground(async (playground) => {
  await playground.page.keyboard.press('ControlOrMeta+Enter');
  assert.equal(await playground.finalStatus(), 'SUCCEEDED');
}));
