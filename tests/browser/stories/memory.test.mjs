// An expression that fills the memory costs its own run, and nothing else.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlayground } from '../support/playground.mjs';

const BOMB = '{% $count($map([1..1000], function($i) { [[1..800000]] })) %}';

test('an expression that fills the memory ends its engine, and the next run works', () =>
  withPlayground(async (playground) => {
    const machine = { QueryLanguage: 'JSONata', StartAt: 'Bomb', States: { Bomb: { Type: 'Pass', Output: BOMB, End: true } } };
    const tutorial = await playground.editorText('Definition');
    await playground.setDefinition(JSON.stringify(machine, null, 2));
    await playground.node('Bomb').waitFor();
    assert.notEqual(await playground.runToEnd(), 'SUCCEEDED');
    await playground.setDefinition(tutorial);
    await playground.node('Bomb').waitFor({ state: 'detached' });
    assert.equal(await playground.runToEnd(), 'SUCCEEDED');
    // The page tells the console what the engine said at its end.
    assert.ok(playground.pageErrors.splice(0).every((error) => error.includes('The engine stopped')));
  }));
