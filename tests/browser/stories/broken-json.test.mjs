// The text breaks, the page says where, and nothing is lost; mended, it runs.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlayground } from '../support/playground.mjs';

test('broken JSON is named with line and column, and mended', () => withPlayground(async (playground) => {
  const whole = await playground.editorText('Definition');
  const { StartAt } = JSON.parse(whole);
  const lines = whole.split('\n');
  const broken = lines.findIndex((line) => line.includes('"StartAt"'));
  lines[broken] = lines[broken].replace(/,\s*$/, '');
  await playground.setDefinition(lines.join('\n'));
  // The comma is missing at the end of one line; the next token is where it is noticed.
  const problem = playground.region('Definition').getByRole('listitem').filter({ hasText: /comma/i }).first();
  await problem.waitFor();
  const place = (await problem.innerText()).match(/(\d+)\D+(\d+)/);
  assert.ok([broken + 1, broken + 2].includes(Number(place[1])), `line ${place[1]}, expected about ${broken + 1}`);
  assert.ok(Number(place[2]) >= 1);
  assert.equal(await playground.editorText('Definition'), lines.join('\n'), 'the text stays');
  assert.equal(await playground.node(StartAt).count(), 1, 'the last good diagram stays');
  await problem.getByRole('button').first().click();
  await playground.setDefinition(whole);
  await problem.waitFor({ state: 'detached' });
  assert.equal(await playground.runToEnd(), 'SUCCEEDED');
}));

test('a transition to a state that does not exist is a problem at its place', () => withPlayground(async (playground) => {
  await playground.editDefinition((text) => text.replace(/"Next": "[^"]+"/, '"Next": "Nowhere"'));
  const problem = playground.region('Definition').getByRole('listitem').filter({ hasText: 'Nowhere' }).first();
  await problem.waitFor();
  assert.match(await problem.innerText(), /\d+/);
}));
