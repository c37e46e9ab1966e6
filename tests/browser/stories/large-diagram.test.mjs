// Somebody pastes a machine of 5,000 states: the page draws what is in sight, and runs it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlayground } from '../support/playground.mjs';

const COUNT = 5000;

/** A chain of states with a shortcut in every tenth, and tasks that all catch to the last one. */
function machine() {
  const name = (at) => `Step ${at}`;
  const state = (at) => {
    const onward = at + 1 < COUNT ? { Next: name(at + 1) } : { End: true };
    if (at % 10 === 3) {
      const shortcut = { Variable: '$.limit', IsPresent: true, Next: name(Math.min(at + 5, COUNT - 1)) };
      return { Type: 'Choice', Choices: [shortcut], Default: name(at + 1) };
    }
    if (at % 10 === 7) {
      const Resource = `arn:aws:lambda:us-east-1:123456789012:function:F${at % 4}`;
      return { Type: 'Task', Resource, Catch: [{ ErrorEquals: ['States.ALL'], Next: name(COUNT - 1) }], ...onward };
    }
    return { Type: 'Pass', ...onward };
  };
  const States = Object.fromEntries(Array.from({ length: COUNT }, (_, at) => [name(at), state(at)]));
  return JSON.stringify({ StartAt: name(0), States }, null, 1);
}

test('5,000 states are drawn as far as they are in sight, and run', () => withPlayground(async (playground) => {
  await playground.pasteDefinition(machine());
  await playground.node('Step 0').waitFor();
  const drawn = () => playground.region('Diagram').locator('[data-state]').count();
  assert.ok(await drawn() < 150, `${await drawn()} states are in the page`);
  assert.equal(await playground.node('Step 4000').count(), 0);
  const scale = Number.parseInt(await playground.region('Diagram').getByRole('button', { name: /actual size$/ }).innerText(), 10);
  assert.ok(scale >= 50, `names can be read at the start: ${scale} %`);

  await playground.button('Fit').click();
  assert.ok(await drawn() < 600, `${await drawn()} states are in the page when all are in sight`);

  assert.equal(await playground.runToEnd(), 'SUCCEEDED');
}));
