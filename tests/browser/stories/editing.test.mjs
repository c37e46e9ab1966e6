// Help with editing, in the real editor: squiggles and fixes, proposals, documentation, names, format.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlayground } from '../support/playground.mjs';

const ORDERS = `{
  "StartAt": "Pack",
  "States": {
    "Pack": { "Type": "Pass", "Assign": { "total.$": "$.order.total" }, "Next": "Check" },
    "Check": {
      "Type": "Choice",
      "Choices": [{ "Variable": "$total", "NumericGreaterThan": 100, "Next": "Ship" }],
      "Default": "Ship"
    },
    "Ship": { "Type": "Succeed" }
  }
}`;

const withOrders = (story) =>
  withPlayground(async (playground) => {
    await playground.setDefinition(ORDERS);
    await playground.problemSummary('No problems');
    await story(playground);
  });

test('a mistake is underlined, explained, and mended with one key', () => withOrders(async (playground) => {
  await playground.setDefinition(ORDERS.replace('"Default": "Ship"', '"Default": "Shp"'));
  await playground.problemSummary('1 problem');
  assert.equal(await playground.underlined(), '"Shp"');
  await playground.press('F8');
  await playground.press('Alt+Enter');
  await playground.problemSummary('No problems');
  assert.equal(await playground.editorText('Definition'), ORDERS);
}));

test('a fix of the problem list mends the text', () => withOrders(async (playground) => {
  await playground.setDefinition(ORDERS.replace('"Next": "Check"', '"Next": "Chek"'));
  const problem = playground.region('Definition').getByRole('listitem').filter({ hasText: 'Chek' });
  assert.equal(
    await problem.getByRole('link', { name: 'About this rule: transition_target' }).getAttribute('href'),
    './diagnostics.html#transition_target',
  );
  await problem.getByRole('button', { name: 'Change to "Check"' }).click();
  await playground.problemSummary('No problems');
  assert.equal(await playground.editorText('Definition'), ORDERS);
}));

test('the help about rules has a section for each', () => withPlayground(async ({ page }) => {
  const response = await page.request.get(new URL('diagnostics.html', page.url()).href);
  assert.match(await response.text(), /<section id="transition_target">/);
}));

test('proposals name states, fields and resources', () => withOrders(async (playground) => {
  await playground.caretBehind('"Default": "');
  assert.deepEqual((await playground.proposals()).sort(), ['Check', 'Pack', 'Ship']);
  await playground.caretBehind('"Ship": { "Type": "Succeed"');
  await playground.type(', ');
  const fields = await playground.proposals();
  assert.ok(fields.includes('Comment') && !fields.includes('Next'), fields.join());
  await playground.setDefinition(ORDERS.replace('"Type": "Succeed"', '"Type": "Task", "Resource": "", "End": true'));
  await playground.problemSummary(/resource provided/);
  await playground.caretBehind('"Resource": "');
  await playground.type('sqs');
  assert.ok((await playground.proposals()).includes('arn:aws:states:::sqs:sendMessage'));
}));

test('a proposal that is taken can be filled in', () => withOrders(async (playground) => {
  await playground.caretBehind('"States": {\n');
  await playground.type('"Fai');
  await playground.propose('Fail state');
  const text = await playground.editorText('Definition');
  assert.match(text, /"Type": "Fail"/);
}));

test('proposals come from the data of the last run', () => withOrders(async (playground) => {
  await playground.setInput('{"order": {"total": 120, "id": "A-1"}}');
  assert.equal(await playground.runToEnd(), 'SUCCEEDED');
  await playground.setDefinition(ORDERS.replace('$.order.total', '$.order.'));
  await playground.problemSummary('1 problem');
  await playground.caretBehind('$.order.');
  assert.deepEqual((await playground.proposals()).sort(), ['id', 'total']);
}));

test('JSONata proposes what $states has', () => withOrders(async (playground) => {
  const jsonata = ORDERS.replace('"Type": "Succeed"', '"Type": "Succeed", "QueryLanguage": "JSONata", "Output": "{% $states. %}"');
  await playground.setDefinition(jsonata);
  await playground.problemSummary('1 problem');
  await playground.caretBehind('$states.');
  assert.deepEqual((await playground.proposals()).sort(), ['context', 'input']);
}));

test('F1 and the pointer explain a field', () => withOrders(async (playground) => {
  await playground.caretBehind('"Ass');
  await playground.press('F1');
  assert.match(await playground.help(), /^Assign/);
  await playground.press('Escape');
  await playground.pointAt('NumericGreaterThan');
  assert.match(await playground.help(), /^NumericGreaterThan/);
}));

test('definitions and uses are one key away', () => withOrders(async (playground) => {
  await playground.caretBehind('"Default": "Sh');
  await playground.press('F12');
  await playground.caretIsInLine('"Ship": {');
  await playground.caretBehind('"Variable": "$tot');
  await playground.press('Shift+F12');
  const uses = playground.region('Definition').getByRole('group', { name: '1 use of the variable "total"' });
  await uses.waitFor();
  assert.equal(await uses.getByRole('button').count(), 2);
  await playground.press('Enter');
  await playground.caretIsInLine('"Pack": {');
  await playground.clickText('"Check"', ['ControlOrMeta']);
  await playground.caretIsInLine('"Check": {');
}));

test('a state is renamed everywhere', () => withOrders(async (playground) => {
  await playground.caretBehind('"Default": "Sh');
  await playground.press('F2');
  const name = playground.page.getByRole('textbox', { name: 'New name of the state "Ship"' });
  await name.fill('Pack');
  await name.press('Enter');
  await playground.page.getByRole('alert').filter({ hasText: '"Pack" exists already.' }).waitFor();
  await name.fill('Send');
  await name.press('Enter');
  await name.waitFor({ state: 'detached' });
  assert.equal(await playground.editorText('Definition'), ORDERS.replaceAll('"Ship"', '"Send"'));
  await playground.node('Send').waitFor();
}));

test('the mock and the breakpoint of a state go along with its new name, and back where that is undone', () =>
  withPlayground(async (playground) => {
    const save = { Type: 'Task', Resource: 'arn:aws:states:::dynamodb:putItem', Parameters: { TableName: 'orders', Item: {} }, End: true };
    await playground.setDefinition(JSON.stringify({ StartAt: 'Save', States: { Save: save } }, null, 2));
    await playground.problemSummary('No problems');
    await playground.node('Save').click();
    const mocks = playground.region('Mocks');
    await mocks.getByRole('tab', { name: 'Responses', exact: true }).click();
    const result = mocks.getByLabel('Result of call 1, JSON');
    await result.fill('{"saved": true}');
    await playground.focusNode('Save');
    await playground.press('b');
    const isTiedTo = async (name) => {
      await playground.button(`Breakpoint on ${name}`).and(playground.page.locator('[aria-pressed="true"]')).waitFor();
      await mocks.getByRole('tab', { name: new RegExp(`^${name}\\b`) }).and(playground.page.locator('[aria-selected="true"]')).waitFor();
      assert.equal(await result.inputValue(), '{"saved": true}');
    };
    await isTiedTo('Save');
    const name = playground.page.getByRole('textbox', { name: 'New name of the state "Save"' });
    await playground.caretBehind('"StartAt": "Sa');
    await playground.press('F2');
    await name.fill('Store');
    await name.press('Enter');
    await isTiedTo('Store');
    await playground.press('ControlOrMeta+Z');
    await isTiedTo('Save');
  }));

test('formatting puts every field on a line of its own', () => withOrders(async (playground) => {
  await playground.button('Format').click();
  const formatted = `${JSON.stringify(JSON.parse(ORDERS), null, 2)}\n`;
  await playground.editorShows(formatted);
  await playground.caretBehind('"StartAt": ');
  await playground.press('ControlOrMeta+Z');
  await playground.editorShows(ORDERS);
}));

test('states are listed to go to', () => withOrders(async (playground) => {
  await playground.caretBehind('"StartAt"');
  await playground.press('ControlOrMeta+Shift+O');
  await playground.region('Definition').getByRole('group', { name: 'States' }).getByRole('button', { name: /Check/ }).click();
  await playground.caretIsInLine('"Check": {');
}));
