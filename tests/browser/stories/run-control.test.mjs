// Pausing, stepping, breakpoints, redriving, and what a run begins with.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlayground } from '../support/playground.mjs';

const MACHINE = {
  StartAt: 'First',
  States: {
    First: { Type: 'Pass', Next: 'Both' },
    Both: {
      Type: 'Parallel',
      Branches: [{ StartAt: 'Left', States: { Left: { Type: 'Pass', End: true } } }, { StartAt: 'Right', States: { Right: { Type: 'Pass', End: true } } }],
      Next: 'Last',
    },
    Last: { Type: 'Pass', End: true },
  },
};

async function define(playground, machine = MACHINE) {
  await playground.setDefinition(JSON.stringify(machine, null, 2));
  await playground.node(Object.keys(machine.States)[0]).waitFor();
}

async function waitForStatus(playground, state, status) {
  await playground.node(state).and(playground.page.locator(`[data-status="${status}"]`)).waitFor();
}

test('a run pauses at a breakpoint, set by button or key, and the breakpoint survives a reload', () =>
  withPlayground(async (playground) => {
    const { page } = playground;
    await define(playground);
    await playground.node('Both').hover({ position: { x: 60, y: 12 } });
    await playground.button('Breakpoint on Both').click();
    await playground.focusNode('Last');
    await page.keyboard.press('b');
    await playground.button('Breakpoint on Last').and(page.locator('[aria-pressed="true"]')).waitFor();
    await playground.run();
    await page.getByText('paused', { exact: true }).waitFor();
    await waitForStatus(playground, 'Both', 'running');
    assert.equal(await playground.node('Last').getAttribute('data-status'), 'not-run');
    await playground.run();
    await waitForStatus(playground, 'Last', 'running');
    await playground.run();
    assert.equal(await playground.finalStatus(), 'SUCCEEDED');
    // The scrubber has a dot where each of the two was entered.
    const dots = page.getByRole('slider', { name: 'Event' }).locator('.mark-break');
    assert.equal((await dots.getAttribute('d')).match(/M/g).length, 2);
    // The draft is kept a moment after the last change.
    await page.waitForFunction(() => Object.values(localStorage).some((text) => text.includes('breakpoints')));
    await page.reload();
    await page.locator('[data-ready="true"]').waitFor({ state: 'attached' });
    await playground.button('Breakpoint on Both').and(page.locator('[aria-pressed="true"]')).waitFor();
  }));

test('a step over a state passes what is inside of it', () => withPlayground(async (playground) => {
  await define(playground);
  await playground.button('Step over').click();
  await waitForStatus(playground, 'First', 'succeeded');
  await playground.button('Step over').click();
  await waitForStatus(playground, 'Both', 'succeeded');
  await waitForStatus(playground, 'Left', 'succeeded');
  assert.equal(await playground.node('Last').getAttribute('data-status'), 'not-run');
  await playground.button('Step over').click();
  await waitForStatus(playground, 'Last', 'succeeded');
}));

test('a run that lets time pass can be paused and goes on', () => withPlayground(async (playground) => {
  const { page } = playground;
  await define(playground, { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 40, Next: 'End' }, End: { Type: 'Succeed' } } });
  await page.getByLabel('Speed', { exact: true }).selectOption('60x');
  await playground.run();
  await playground.event('WaitStateEntered').waitFor();
  await playground.button('Pause').click();
  await page.getByText('paused', { exact: true }).waitFor();
  assert.equal(await playground.event('WaitStateExited').count(), 0);
  await playground.run();
  assert.equal(await playground.finalStatus(), 'SUCCEEDED');
}));

test('a failed execution is redriven with the mock mended', () => withPlayground(async (playground) => {
  await playground.setMockJavaScript('MyLambdaFunction1', '() => { throw new Error("no"); }');
  assert.equal(await playground.runToEnd(), 'FAILED');
  await playground.setMockJavaScript('MyLambdaFunction1', '() => 1');
  await playground.button('Redrive').click();
  await playground.event('ExecutionRedriven').first().waitFor();
  await playground.page.getByRole('status').filter({ hasText: 'SUCCEEDED' }).first().waitFor();
  assert.equal(await playground.button('Redrive').count(), 0);
  const types = await playground.eventTypes();
  assert.equal(types.indexOf('ExecutionRedriven'), types.indexOf('ExecutionFailed') + 1);
  assert.equal(types.at(-1), 'ExecutionSucceeded');
}));

test('the run settings name an execution and choose its type, start and seed', () => withPlayground(async (playground) => {
  const { page } = playground;
  await playground.button('Run settings').click();
  const settings = page.getByRole('dialog', { name: 'Run settings' });
  const name = settings.getByLabel('Execution name');
  await name.fill('order 42');
  await settings.getByRole('alert').waitFor();
  assert.equal(await name.inputValue(), 'order 42');
  await name.fill('order-42');
  await settings.getByRole('alert').waitFor({ state: 'detached' });
  await settings.getByLabel('Start time (UTC)').fill('2030-01-02T03:04:05');
  const seed = settings.getByLabel('Seed');
  await seed.fill('seven');
  await settings.getByRole('alert').waitFor();
  await seed.fill('7');
  await settings.getByLabel('Type').selectOption('EXPRESS');
  await page.keyboard.press('Escape');
  await settings.waitFor({ state: 'hidden' });
  assert.equal(await playground.runToEnd(), 'SUCCEEDED');
  const inspector = playground.region('Inspector');
  await inspector.getByText('2030-01-02T03:04:05', { exact: false }).first().waitFor();
  await inspector.getByText(/:express:.*:order-42:/).first().waitFor();
}));
