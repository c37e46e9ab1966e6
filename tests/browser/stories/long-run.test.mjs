// A run of 100,000 transitions leaves the page free for its reader, and ends when it is told to.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IS_FIREFOX, withPlayground } from '../support/playground.mjs';

/** A transition more than half of this; each turn of the loop makes two. */
const TRANSITIONS = 100_000;
/** No frame may keep the page busy for longer, in milliseconds. */
const LONGEST_FRAME_MS = 100;

/** A machine that counts to `last`, two transitions each, in a template: its type is in there, too. */
function counting(type, last) {
  const definition = {
    StartAt: 'Count',
    States: {
      Count: { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($.n, 1)' }, Next: 'Is there more?' },
      'Is there more?': {
        Type: 'Choice',
        Choices: [{ Variable: '$.n', NumericLessThan: last, Next: 'Count' }],
        Default: 'Done',
      },
      Done: { Type: 'Succeed' },
    },
  };
  const properties = { StateMachineType: type, Definition: definition };
  return JSON.stringify({ Resources: { Counting: { Type: 'AWS::StepFunctions::StateMachine', Properties: properties } } });
}

async function openCounting(playground, type, last = TRANSITIONS / 2) {
  const { page } = playground;
  await playground.button('Files').click();
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /^Choose a file/ }).click();
  const buffer = Buffer.from(counting(type, last));
  await (await choosing).setFiles({ name: 'template.json', mimeType: 'application/json', buffer });
  await page.getByRole('dialog', { name: 'Choose a state machine' }).getByRole('button', { name: /^Counting/ }).click();
  await playground.node('Is there more?').waitFor();
  await playground.setInput('{ "n": 0 }');
}

/**
 * Returns the longest time that the page's main thread worked without a break, in milliseconds. It is the thread's own time:
 * what other programs do to a busy machine meanwhile does not count.
 */
async function longestWork(playground, during) {
  const browser = playground.context.browser();
  await browser.startTracing(playground.page, { categories: ['toplevel', '__metadata'] });
  await during();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const thread = ({ pid, tid }) => `${pid}:${tid}`;
  const isMain = ({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain';
  const mains = new Set(traceEvents.filter(isMain).map(thread));
  const tasks = traceEvents.filter((event) => event.tdur > 0 && event.name.endsWith('RunTask') && mains.has(thread(event)));
  assert.ok(tasks.length > 100, `the trace holds ${tasks.length} tasks`);
  return Math.max(...tasks.map((task) => task.tdur)) / 1000;
}

/** How many events the log shows. */
async function eventCount(playground) {
  const text = await playground.region('Execution log').getByText(/^[\d,]+ events/).innerText();
  return Number(text.match(/^[\d,]+/)[0].replaceAll(',', ''));
}

const eventsReach = (page, count) => page.waitForFunction((count) => {
  const rows = document.querySelector('[aria-label="Events"]')?.getAttribute('aria-rowcount');
  return Number(rows) > count;
}, count, { timeout: 60_000 });

test('an EXPRESS execution of 100,000 transitions takes no frame over 100 ms', { skip: IS_FIREFOX }, (story) =>
  withPlayground(async (playground) => {
    await openCounting(playground, 'EXPRESS');
    const longest = await longestWork(playground, async () => {
      await playground.run();
      await playground.page.getByRole('status').filter({ hasText: 'SUCCEEDED' }).waitFor({ timeout: 60_000 });
    });
    story.diagnostic(`longest frame: ${Math.round(longest)} ms`);
    assert.ok(longest <= LONGEST_FRAME_MS, `a frame took ${Math.round(longest)} ms`);
    // Two events for each transition, and one at either end.
    assert.equal(await eventCount(playground), 2 * TRANSITIONS + 4);
    // The log has followed its end, and can be read from its beginning.
    await playground.event('ExecutionSucceeded').waitFor();
    await playground.region('Execution log').locator('[data-log-scroller]').evaluate((log) => log.scrollTo({ top: 0 }));
    await playground.event('ExecutionStarted').waitFor();
  }));

test('a loop without end is stopped at once, and the next run works', () => withPlayground(async (playground) => {
  await openCounting(playground, 'EXPRESS', 1e9);
  await playground.run();
  await eventsReach(playground.page, 30_000);
  const stopping = Date.now();
  await playground.button('Stop').click();
  assert.equal(await playground.finalStatus(), 'ABORTED');
  const took = Date.now() - stopping;
  assert.ok(took < 5000, `Stop took ${took} ms`);
  const count = await eventCount(playground);
  await playground.setInput('{ "n": 999999999 }');
  assert.equal(await playground.runToEnd(), 'SUCCEEDED');
  assert.ok(count > 30_000 && (await eventCount(playground)) < 20);
}));

test('a STANDARD execution ends at 25,000 events, and the log says why', () => withPlayground(async (playground) => {
  await openCounting(playground, 'STANDARD');
  assert.equal(await playground.runToEnd(), 'FAILED');
  assert.equal(await eventCount(playground), 25_000);
  await playground.region('Execution log').getByRole('note').getByText(/a STANDARD execution ends at 25,000/).waitFor();
}));
