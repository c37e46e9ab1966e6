// The log: find one event among 25,000, read times both ways, take the history along.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlayground } from '../support/playground.mjs';

const ENDLESS = {
  StartAt: 'A',
  States: {
    A: { Type: 'Pass', Next: 'B' },
    B: { Type: 'Choice', Choices: [{ Variable: '$.go', IsPresent: true, Next: 'C' }], Default: 'A' },
    C: { Type: 'Succeed' },
  },
};

const SHOP = {
  StartAt: 'Rest',
  States: {
    Rest: { Type: 'Wait', Seconds: 90, Next: 'Each' },
    Each: {
      Type: 'Map',
      ItemsPath: '$.lines',
      ItemProcessor: { StartAt: 'Price it', States: { 'Price it': { Type: 'Pass', End: true } } },
      Next: 'Charge',
    },
    Charge: {
      Type: 'Task',
      Resource: 'arn:aws:lambda:us-east-1:123456789012:function:Charge',
      Retry: [{ ErrorEquals: ['CardBusy'], IntervalSeconds: 2 }],
      End: true,
    },
  },
};

const FLAKY = `let calls = 0;
class CardBusy extends Error { constructor(m) { super(m); this.name = 'CardBusy'; } }
export default (event, context) => {
  console.log('charging for the order');
  if (calls++ === 0) throw new CardBusy('try later');
  return { paid: true };
};`;

async function shop(playground) {
  await playground.setDefinition(JSON.stringify(SHOP, null, 2));
  await playground.node('Charge').waitFor();
  await playground.setInput('{ "lines": ["tea", "cup"], "customer": "Ada Lovelace" }');
  await playground.setMockJavaScript('Charge', FLAKY);
  return playground.runToEnd();
}

test('chips and words find events, and say how many', () => withPlayground(async (playground) => {
  assert.equal(await shop(playground), 'SUCCEEDED');
  await playground.chip('Retries').click();
  await playground.logCount(/^2 of \d+$/);
  assert.deepEqual(await playground.eventTypes(), ['LambdaFunctionFailed', 'LambdaFunctionScheduled']);
  await playground.chip('Map').click();
  await playground.filterLog('iter:1');
  await playground.logCount(/^2 of \d+$/);
  assert.deepEqual(await playground.eventTypes(), ['MapIterationStarted', 'MapIterationSucceeded']);
  await playground.chip('All').click();
  await playground.filterLog('state:"Price it" type:Entered');
  await playground.logCount(/^2 of \d+$/);
  await playground.filterLog('error:busy');
  await playground.logCount(/^1 of \d+$/);
  await playground.filterLog('lovelace type:started');
  assert.deepEqual(await playground.eventTypes(), ['ExecutionStarted']);
  await playground.filterLog('nothing like it');
  await playground.region('Execution log').getByText('No event passes the filter.').waitFor();
  await playground.page.keyboard.press('Escape');
  await playground.logCount(/^$/);
}));

test('what mocks write is a row of its own kind', () => withPlayground(async (playground) => {
  await shop(playground);
  await playground.chip('Console').click();
  await playground.logCount('2 of 2');
  const lines = playground.page.getByRole('group', { name: 'Console of the mocks' });
  assert.match(await lines.innerText(), /charging for the order/);
  // Each line leads to the call that wrote it.
  const calls = [];
  for (const line of await lines.getByText('charging for the order').all()) {
    await line.click();
    const heading = playground.region('Inspector').getByRole('heading', { name: 'LambdaFunctionScheduled' });
    await heading.waitFor();
    calls.push(await playground.region('Inspector').getByText(/^Event \d+ ·/).innerText());
  }
  assert.equal(new Set(calls).size, 2, calls.join(', '));
  assert.equal(await playground.node('Charge').getAttribute('data-selected'), 'true');
}));

test('times count from the start or from the row above', () => withPlayground(async (playground) => {
  await shop(playground);
  await playground.filterLog('state:Rest');
  await playground.logCount(/^2 of /);
  const exit = playground.event('WaitStateExited');
  await exit.getByText('+01:30.000').waitFor();
  await playground.filterLog('state:Charge type:Scheduled');
  await playground.logCount(/^2 of /);
  const second = playground.event('LambdaFunctionScheduled').nth(1);
  await second.getByText('+01:32.000').waitFor();
  await playground.page.getByRole('button', { name: /^Virtual time since the start/ }).click();
  await second.getByText('+00:02.000').waitFor();
}));

test('one event among 25,000 is found at once, and the list stays exact', () => withPlayground(async (playground) => {
  const { page } = playground;
  await playground.setDefinition(JSON.stringify(ENDLESS, null, 2));
  await playground.node('B').waitFor();
  assert.equal(await playground.runToEnd(), 'FAILED');
  await playground.region('Execution log').getByText('25,000 events').first().waitFor();
  const grid = playground.region('Execution log').getByRole('grid', { name: 'Events' });
  await grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('End');
  await playground.event('ExecutionFailed').and(page.locator('[aria-selected="true"]')).waitFor();
  const rows = await grid.locator('[data-event-id]').count();
  assert.ok(rows < 80, `${rows} rows are in the page`);
  await playground.filterLog('state:b type:Entered');
  await playground.logCount(/^6,2\d\d of 25,000$/);
  const took = await playground.filterTookMs();
  assert.ok(took <= 500, `filtering took ${took} ms`);
}));

test('the history is saved as the AWS CLI prints it, and line by line', () => withPlayground(async (playground) => {
  assert.equal(await shop(playground), 'SUCCEEDED');
  const save = async (name) => {
    await playground.button('Save the history').click();
    return playground.download(() => playground.page.getByRole('button', { name }).click());
  };
  const json = await save(/^History, JSON/);
  assert.match(json.name, /\.history\.json$/);
  assert.match(json.text, /^\{\n {4}"events": \[\n {8}\{\n {12}"timestamp": "\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00",\n {12}"type": "ExecutionStarted",\n {12}"id": 1,\n {12}"previousEventId": 0,\n {12}"executionStartedEventDetails": \{/);
  const { events } = JSON.parse(json.text);
  assert.deepEqual(events.map((event) => event.type), await playground.eventTypes());
  assert.deepEqual(events[0].executionStartedEventDetails.inputDetails, { truncated: false });
  const lines = (await save(/^History, NDJSON/)).text.trim().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(lines.map((event) => event.id), events.map((event) => event.id));
}));
