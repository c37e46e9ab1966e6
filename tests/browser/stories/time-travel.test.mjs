// A run is a recording, and everything the page shows is a cursor on it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IS_FIREFOX, withPlayground } from '../support/playground.mjs';

const MACHINE = {
  StartAt: 'First',
  States: {
    First: { Type: 'Pass', Next: 'Pause' },
    Pause: { Type: 'Wait', Seconds: 90, Next: 'Last' },
    Last: { Type: 'Fail', Error: 'Broken', Cause: 'on purpose' },
  },
};

async function record(playground, machine = MACHINE) {
  await playground.setDefinition(JSON.stringify(machine, null, 2));
  await playground.node(Object.keys(machine.States)[0]).waitFor();
  await playground.runToEnd();
}

/** Diagram, log, scrubber and inspector show one moment. */
async function assertMoment(playground, event, statuses) {
  const { page } = playground;
  await page.getByText(new RegExp(`^${event} / \\d+$`)).waitFor();
  for (const [state, status] of Object.entries(statuses)) {
    await playground.node(state).and(page.locator(`[data-status="${status}"]`)).waitFor();
  }
  const row = playground.region('Execution log').locator(`[data-event-id="${event}"]`);
  await row.and(page.locator('[aria-selected="true"]')).waitFor();
  await playground.region('Inspector').getByText(`Event ${event} ·`).waitFor();
}

test('the keyboard goes through the recording, forward and back', () => withPlayground(async (playground) => {
  const { page } = playground;
  await record(playground);
  const slider = page.getByRole('slider', { name: 'Event' });
  await slider.focus();
  await page.keyboard.press('Home');
  await assertMoment(playground, 1, { First: 'not-run', Pause: 'not-run', Last: 'not-run' });
  await page.keyboard.press('ArrowRight');
  await assertMoment(playground, 2, { First: 'running', Pause: 'not-run' });
  await page.keyboard.press('Shift+ArrowRight');
  await assertMoment(playground, 4, { First: 'succeeded', Pause: 'waiting', Last: 'not-run' });
  assert.match(await slider.getAttribute('aria-valuetext'), /^Event 4 of 7, 0\.0 seconds, Pause waiting$/);
  await page.keyboard.press(']');
  await assertMoment(playground, 6, { Pause: 'succeeded', Last: 'failed' });
  assert.match(await slider.getAttribute('aria-valuetext'), /90\.0 seconds/);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Shift+ArrowLeft');
  await assertMoment(playground, 4, { First: 'succeeded', Pause: 'waiting', Last: 'not-run' });
  assert.equal(await playground.button('Back to end').count(), 1);
  await page.keyboard.press('End');
  await page.getByText('7 / 7').waitFor();
  await playground.node('Last').and(page.locator('[data-status="failed"]')).waitFor();
  assert.equal(await playground.button('Back to end').count(), 0);
}));

test('the mouse goes through the recording, and the chip leads back to the end', () => withPlayground(async (playground) => {
  const { page } = playground;
  await record(playground);
  const track = page.getByRole('slider', { name: 'Event' });
  const box = await track.boundingBox();
  await page.mouse.move(box.x + box.width - 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 5 });
  await assertMoment(playground, 4, { First: 'succeeded', Pause: 'waiting', Last: 'not-run' });
  await page.mouse.move(box.x + 2, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  await assertMoment(playground, 1, { First: 'not-run' });
  await page.getByText('Viewing event 1 of 7').waitFor();
  await playground.button('One event on').click();
  await assertMoment(playground, 2, { First: 'running' });
  await playground.button('Back to end').click();
  await page.getByText('7 / 7').waitFor();
  await playground.node('Last').and(page.locator('[data-status="failed"]')).waitFor();
}));

test('a row of the log moves the diagram to its moment', () => withPlayground(async (playground) => {
  await record(playground);
  await playground.event('WaitStateEntered').click();
  await assertMoment(playground, 4, { First: 'succeeded', Pause: 'waiting', Last: 'not-run' });
  await playground.node('First').click();
  await playground.region('Inspector').getByRole('heading', { name: 'First' }).waitFor();
  assert.equal(await playground.node('Pause').getAttribute('data-status'), 'waiting');
}));

test('the inspector tells nothing that comes after the cursor', () => withPlayground(async (playground) => {
  const { page } = playground;
  const task = {
    Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:Charge', ResultPath: '$.paid',
    Assign: { 'paid.$': '$' }, End: true,
  };
  await record(playground, { StartAt: 'Charge', States: { Charge: task } });
  const inspector = playground.region('Inspector');
  const stages = async (cursor, reached) => {
    const row = playground.region('Execution log').locator(`[data-event-id="${cursor}"]`);
    await row.click();
    await inspector.getByRole('tab', { name: 'State', exact: true }).click();
    for (const [name, reach] of Object.entries(reached)) {
      await inspector.locator(`[data-stage="${name}"]`).and(page.locator(`[data-reach="${reach}"]`)).waitFor();
    }
  };
  await stages(6, { input: 'reached', result: 'reached', output: 'reached' });
  await stages(3, { input: 'reached', result: 'not-reached', output: 'not-reached' });
  await inspector.locator('[data-stage="output"]').getByText('Not reached yet').waitFor();
  await inspector.getByRole('tab', { name: /^Variables/ }).click();
  await inspector.getByText('No variable is visible here.').waitFor();
  await inspector.getByRole('tab', { name: 'Execution', exact: true }).click();
  await inspector.getByText('3 events so far.').waitFor();
  await inspector.getByRole('tab', { name: 'State', exact: true }).click();
  await inspector.getByRole('tab', { name: 'Data', exact: true }).click();
  await stages(5, { result: 'reached', output: 'not-reached' });
  await playground.button('Back to end').click();
  await inspector.locator('[data-stage="output"][data-reach="reached"]').waitFor();
}));

test('a recording says that the definition was changed since, and runs again', () => withPlayground(async (playground) => {
  const { page } = playground;
  await record(playground);
  const note = page.getByText('Recorded before your last change');
  assert.equal(await note.count(), 0);
  await playground.editDefinition((text) => text.replace('"Seconds": 90', '"Seconds": 30'));
  await note.waitFor();
  // The recording can still be looked at.
  await playground.event('WaitStateExited').click();
  await playground.region('Inspector').getByText('Event 5 ·').waitFor();
  await playground.button('Run again').click();
  await note.waitFor({ state: 'detached' });
  await page.getByText('7 / 7').waitFor();
  await playground.event('WaitStateExited').getByText('+00:30.000').waitFor();
}));

test('the track can show virtual time', () => withPlayground(async (playground) => {
  const { page } = playground;
  await record(playground);
  await playground.button('Track in virtual time').click();
  const box = await page.getByRole('slider', { name: 'Event' }).boundingBox();
  // A third of the way is the third event, but 27 of the 90 seconds are nearest to the start.
  await page.mouse.click(box.x + box.width * 0.3, box.y + box.height / 2);
  await page.getByText('1 / 7').waitFor();
}));

test('playing goes through the states and ends at the end', () => withPlayground(async (playground) => {
  const { page } = playground;
  await record(playground);
  await page.getByLabel('Playback speed').selectOption('0.5×');
  await playground.button('Play the recording').click();
  await playground.node('Pause').and(page.locator('[data-status="waiting"]')).waitFor();
  await playground.button('Pause the playback').click();
  await playground.button('Play the recording').waitFor();
  await page.getByLabel('Playback speed').selectOption('4×');
  await page.getByRole('slider', { name: 'Event' }).focus();
  await page.keyboard.press('Space');
  await page.getByText('7 / 7').waitFor();
  await playground.button('Play the recording').waitFor();
  await playground.node('Last').and(page.locator('[data-status="failed"]')).waitFor();
}));

test('a dot runs along the edge that was taken, but not for readers who want no motion', async () => {
  const step = async (playground) => {
    await record(playground);
    await playground.page.getByRole('slider', { name: 'Event' }).focus();
    await playground.page.keyboard.press('Home');
    await playground.node('First').and(playground.page.locator('[data-status="not-run"]')).waitFor();
    await playground.page.keyboard.press('ArrowRight');
    await playground.node('First').and(playground.page.locator('[data-status="running"]')).waitFor();
    return playground.region('Diagram').locator('.edge-dot');
  };
  await withPlayground(async (playground) => {
    const dot = await step(playground);
    await dot.waitFor({ state: 'attached' });
    assert.notEqual(await dot.evaluate((element) => getComputedStyle(element).display), 'none');
  });
  // The driver of Firefox cannot say that a reader wants no motion.
  if (IS_FIREFOX) return;
  await withPlayground(async (playground) => {
    const dot = await step(playground);
    assert.equal(await dot.evaluate((element) => getComputedStyle(element).display), 'none');
  }, { context: { reducedMotion: 'reduce' } });
});
