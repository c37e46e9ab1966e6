// 100,000 transitions: the page answers all the time, and Stop stops at once.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlayground } from '../support/playground.mjs';

/** A loop of two states; two transitions a round. */
const counting = (rounds) => ({
  StartAt: 'Add',
  States: {
    Add: { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($.n, 1)' }, Next: 'More?' },
    'More?': { Type: 'Choice', Choices: [{ Variable: '$.n', NumericLessThan: rounds, Next: 'Add' }], Default: 'Done' },
    Done: { Type: 'Succeed' },
  },
});

/** Longest frame that the page may take, in milliseconds. */
const LONGEST_FRAME = 100;

async function prepare(playground, rounds) {
  await playground.setDefinition(JSON.stringify(counting(rounds), null, 2));
  await playground.node('More?').waitFor();
  await playground.setInput('{ "n": 0 }');
  await playground.button('Run settings').click();
  await playground.page.getByLabel('Type', { exact: true }).selectOption('EXPRESS');
  await playground.page.keyboard.press('Escape');
}

/** Begins to note how long tasks and frames take. */
function watchFrames(page) {
  return page.evaluate(() => {
    const watched = { longest: 0, tasks: [], last: performance.now(), isOver: false };
    window.watched = watched;
    new PerformanceObserver((list) => watched.tasks.push(...list.getEntries().map((entry) => entry.duration)))
      .observe({ entryTypes: ['longtask'] });
    const frame = (now) => {
      watched.longest = Math.max(watched.longest, now - watched.last);
      watched.last = now;
      if (!watched.isOver) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

async function assertSmooth(page, test) {
  const { longest, tasks } = await page.evaluate(() => {
    window.watched.isOver = true;
    return window.watched;
  });
  const longestTask = Math.max(0, ...tasks);
  test.diagnostic(`longest frame ${Math.round(longest)} ms, ${tasks.length} tasks over 50 ms, longest ${Math.round(longestTask)} ms`);
  assert.ok(longest <= LONGEST_FRAME, `a frame took ${longest} ms`);
  assert.ok(longestTask <= LONGEST_FRAME, `a task took ${longestTask} ms`);
}

test('100,000 transitions keep the page responsive', (test) => withPlayground(async (playground) => {
  const { page } = playground;
  await prepare(playground, 50_000);
  await watchFrames(page);
  const begun = Date.now();
  await playground.run();
  await playground.region('Execution log').getByText(/^200,00\d events/).waitFor({ timeout: 120_000 });
  await page.getByRole('status').filter({ hasText: 'SUCCEEDED' }).waitFor({ timeout: 60_000 });
  test.diagnostic(`recorded in ${Date.now() - begun} ms`);
  await assertSmooth(page, test);
  // The recording is as handy as a short one.
  await watchFrames(page);
  const slider = page.getByRole('slider', { name: 'Event' });
  await slider.focus();
  for (const key of ['Home', 'PageDown', 'PageDown', 'PageDown', 'ArrowRight', 'End']) await page.keyboard.press(key);
  await page.getByText(/^(200\d{3}) \/ \1$/).waitFor();
  await assertSmooth(page, test);
}));

test('a run without an end stops at once', (test) => withPlayground(async (playground) => {
  const { page } = playground;
  await prepare(playground, 1_000_000_000);
  await playground.run();
  await playground.region('Execution log').getByText(/^\d{2,3},\d{3} events/).waitFor({ timeout: 30_000 });
  const begun = Date.now();
  await playground.button('Stop').click();
  await page.getByRole('status').filter({ hasText: 'ABORTED' }).waitFor({ timeout: 5000 });
  const took = Date.now() - begun;
  test.diagnostic(`stopped within ${took} ms`);
  assert.ok(took < 1000, `Stop took ${took} ms`);
  // The engine itself stopped: it was not replaced, which would lose the recording.
  assert.equal(await page.getByText('The interpreter stopped and was started again').count(), 0);
}));
