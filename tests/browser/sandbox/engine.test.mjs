// Page, engine Worker and sandbox together: what a mock does shows in the run, and no mock can take the page away.

import assert from 'node:assert/strict';
import test from 'node:test';
import { withPlayground } from '../support/playground.mjs';

const DEFINITION = `{
  "StartAt": "Charge",
  "States": {
    "Charge": {
      "Type": "Task",
      "Resource": "arn:aws:lambda:us-east-1:123456789012:function:MyLambdaFunction1",
      "End": true
    }
  }
}`;

/** Writes a mock for the function, runs to the end, and returns the status. */
async function runWith(playground, source) {
  const editor = playground.region('Mocks').locator('.cm-content').first();
  await playground.replaceEditorText(editor, source);
  return playground.runToEnd();
}

test('an endless mock is stopped after a second, and the next run has a fresh sandbox', { timeout: 60_000 }, async () => {
  await withPlayground(async (playground) => {
    await playground.setDefinition(DEFINITION);
    await playground.page.evaluate(() => {
      globalThis.longestLag = 0;
      let last = performance.now();
      setInterval(() => {
        globalThis.longestLag = Math.max(globalThis.longestLag, performance.now() - last - 20);
        last = performance.now();
      }, 20);
    });
    assert.equal(await runWith(playground, '() => { for (;;); }'), 'FAILED');
    assert.ok((await playground.eventTypes()).includes('LambdaFunctionFailed'));
    assert.ok((await playground.page.evaluate(() => globalThis.longestLag)) < 500, 'the page was held up');
    assert.equal(await runWith(playground, '(event) => ({ fine: true })'), 'SUCCEEDED');
    assert.equal(await playground.page.locator('iframe').count(), 0, 'a finished run leaves no sandbox behind');
  });
});

test('an error that a mock throws is the error of the task', { timeout: 60_000 }, async () => {
  await withPlayground(async (playground) => {
    await playground.setDefinition(DEFINITION);
    const source = "class OutOfStock extends Error { name = 'OutOfStock' }\nexport default () => { throw new OutOfStock('none left') }";
    assert.equal(await runWith(playground, source), 'FAILED');
    assert.match(await playground.page.locator('body').innerText(), /OutOfStock/);
  });
});
