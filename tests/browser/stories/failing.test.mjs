// Snippets that fail and snippets that never end: the execution ends as AWS would end it, and the page stays alive.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlayground } from '../support/playground.mjs';

test('a thrown error becomes the ASL error of its name', () => withPlayground(async (playground) => {
  await playground.setMockJavaScript(
    'MyLambdaFunction1',
    'class OutOfStock extends Error { constructor(m) { super(m); this.name = "OutOfStock"; } }\n' +
      'export default () => { throw new OutOfStock("no widgets"); }',
  );
  assert.equal(await playground.runToEnd(), 'FAILED');
  const types = await playground.eventTypes();
  assert.deepEqual(types.slice(-2), ['LambdaFunctionFailed', 'ExecutionFailed']);
  await playground.region('Inspector').getByText('OutOfStock').first().waitFor();
}));

test('a snippet that loops for ever fails as a timed-out function, and the page stays responsive', () =>
  withPlayground(async (playground) => {
    await playground.setMockJavaScript('MyLambdaFunction1', '() => { for (;;) {} }');
    await playground.run();
    const longest = await playground.page.evaluate(async () => {
      let longest = 0;
      let last = performance.now();
      const end = last + 1500;
      while (last < end) {
        await new Promise(requestAnimationFrame);
        const now = performance.now();
        longest = Math.max(longest, now - last);
        last = now;
      }
      return longest;
    });
    // A snippet that held the page would hold it for the whole second of the watchdog.
    assert.ok(longest < 900, `the page stood still for ${longest} ms`);
    assert.equal(await playground.finalStatus(), 'FAILED');
    assert.equal((await playground.eventTypes()).at(-1), 'ExecutionFailed');
    // The next run works: a fresh sandbox has taken the place of the hung one.
    await playground.setMockJavaScript('MyLambdaFunction1', '() => 1');
    assert.equal(await playground.runToEnd(), 'SUCCEEDED');
  }));

test('Stop ends a run at once', () => withPlayground(async (playground) => {
  const machine = {
    StartAt: 'Again',
    States: { Again: { Type: 'Wait', Seconds: 3600, Next: 'Back' }, Back: { Type: 'Choice', Choices: [{ Variable: '$.go', IsPresent: false, Next: 'Again' }], Default: 'End' }, End: { Type: 'Succeed' } },
  };
  await playground.setDefinition(JSON.stringify(machine, null, 2));
  await playground.chooseRealTime();
  await playground.run();
  await playground.event('WaitStateEntered').first().waitFor();
  await playground.button('Stop').click();
  assert.equal(await playground.finalStatus(), 'ABORTED');
  assert.equal((await playground.eventTypes()).at(-1), 'ExecutionAborted');
}));
