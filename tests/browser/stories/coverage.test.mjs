// Coverage: what the runs so far have taken, on the diagram and as a list.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlayground } from '../support/playground.mjs';

const MACHINE = {
  StartAt: 'Route',
  States: {
    Route: { Type: 'Choice', Choices: [{ Variable: '$.total', NumericGreaterThan: 100, Next: 'Big' }], Default: 'Small' },
    Big: { Type: 'Pass', End: true },
    Small: { Type: 'Pass', End: true },
  },
};

test('what a redriven run takes counts, and the run counts once', () => withPlayground(async (playground) => {
  const task = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:Charge', Next: 'Pack' };
  const machine = { StartAt: 'Charge', States: { Charge: task, Pack: { Type: 'Pass', End: true } } };
  await playground.setDefinition(JSON.stringify(machine, null, 2));
  await playground.setMockJavaScript('Charge', '() => { throw new Error("declined"); }');
  assert.equal(await playground.runToEnd(), 'FAILED');
  await playground.button('Coverage').click();
  const coverage = playground.page.getByRole('complementary', { name: 'Coverage' });
  await coverage.getByText('50 % · 1 of 2').waitFor();
  await playground.setMockJavaScript('Charge', '() => 7');
  await playground.button('Redrive').click();
  await coverage.getByText('100 % · 2 of 2').waitFor();
  await coverage.getByText('1 run', { exact: true }).waitFor();
}));

test('runs add up until the states change, and Reset forgets them', () => withPlayground(async (playground) => {
  await playground.setDefinition(JSON.stringify(MACHINE, null, 2));
  await playground.setInput('{"total": 250}');
  await playground.runToEnd();
  await playground.button('Coverage').click();
  const coverage = playground.page.getByRole('complementary', { name: 'Coverage' });
  await coverage.getByText('66 % · 2 of 3').waitFor();
  await coverage.getByText('50 % · 1 of 2').waitFor();
  assert.equal(await playground.node('Small').getAttribute('data-status'), 'not-run');
  assert.equal(await playground.node('Big').getAttribute('data-status'), 'succeeded');

  await playground.setInput('{"total": 5}');
  await playground.run();
  await coverage.getByText('2 runs').waitFor();
  await coverage.getByText('100 % · 3 of 3').waitFor();
  assert.equal(await playground.node('Small').getAttribute('data-status'), 'succeeded');
  await coverage.getByText('Route: Default → Small').waitFor();

  await playground.editDefinition((text) => text.replaceAll('Small', 'Tiny'));
  await coverage.getByText('No run yet').waitFor();
  await playground.run();
  await coverage.getByText('1 run', { exact: true }).waitFor();
  await coverage.getByRole('button', { name: 'Reset the coverage' }).click();
  await coverage.getByText('No run yet').waitFor();
}));
