// What the diagram offers beyond a picture of the run: files, collapsed containers, another direction, single iterations.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { withPlayground } from '../support/playground.mjs';

/** A text that is drawn as a Map around one state, and one after it. */
const MAP = readFileSync(new URL('../../../web/examples/map.asl.json', import.meta.url), 'utf8');

async function openMap(playground) {
  await playground.openExample('Map');
  await playground.node('For each line').waitFor();
}

test('the diagram is saved and copied in every format', () => withPlayground(async (playground) => {
  const svg = await playground.saveDiagram('SVG');
  assert.match(svg.name, /\.svg$/);
  assert.match(svg.text, /^<svg /);
  assert.doesNotMatch(svg.text, /asl-diagram has-run/);
  assert.match((await playground.saveDiagram('Mermaid')).text, /^flowchart TD\n/);
  assert.match((await playground.saveDiagram('Graphviz DOT')).text, /^digraph /);
  const png = await playground.saveDiagram('PNG');
  assert.deepEqual([...png.bytes.subarray(1, 4)], [...Buffer.from('PNG')]);
  await playground.runToEnd();
  assert.match((await playground.saveDiagram('SVG')).text, /asl-diagram has-run/);
  await playground.chooseExport('Copy Mermaid');
  await playground.page.getByText('Mermaid copied.').waitFor();
  assert.match(await playground.clipboardText(), /^flowchart TD\n/);
  await playground.chooseExport('Copy PNG');
  await playground.page.getByText('PNG copied.').waitFor();
}, { context: { permissions: ['clipboard-read', 'clipboard-write'], acceptDownloads: true } }));

test('names cannot break out of an exported file', () => withPlayground(async (playground) => {
  await playground.setDefinition(JSON.stringify({
    StartAt: '</text><script>alert(1)</script>',
    States: { '</text><script>alert(1)</script>': { Type: 'Pass', End: true } },
  }));
  await playground.region('Diagram').getByRole('button', { name: /^<\/text>/ }).waitFor();
  const { text } = await playground.saveDiagram('SVG');
  assert.doesNotMatch(text, /<script/);
  assert.match(text, /&lt;script/);
}));

test('a container is collapsed and expanded by mouse and by keyboard, and stays so after a reload', () =>
  withPlayground(async (playground) => {
    await playground.setDefinition(MAP);
    await playground.node('Price').waitFor();
    const before = await playground.node('For each line').boundingBox();
    await playground.button('Collapse For each line').click();
    await playground.node('Price').waitFor({ state: 'detached' });
    const after = await playground.node('For each line').boundingBox();
    assert.ok(Math.abs(before.y - after.y) < 12, 'the header stays where it is');
    await playground.focusNode('For each line');
    await playground.page.keyboard.press('+');
    await playground.node('Price').waitFor();
    await playground.page.keyboard.press('-');
    await playground.node('Price').waitFor({ state: 'detached' });
    assert.match(await playground.focusedName(), /^For each line/);
    await playground.page.waitForTimeout(600);
    await playground.open();
    await playground.button('Expand For each line').waitFor();
    assert.equal(await playground.node('Price').count(), 0);
  }));

test('arrow keys follow the transitions, Enter selects', () => withPlayground(async (playground) => {
  await playground.setDefinition(MAP);
  await playground.focusNode('For each line');
  await playground.page.keyboard.press('ArrowDown');
  assert.match(await playground.focusedName(), /^Price/);
  await playground.page.keyboard.press('ArrowDown');
  assert.match(await playground.focusedName(), /^Add up/);
  await playground.page.keyboard.press('ArrowUp');
  assert.match(await playground.focusedName(), /^For each line/);
  await playground.page.keyboard.press('Enter');
  assert.equal(await playground.node('For each line').getAttribute('data-selected'), 'true');
}));

test('the flow goes down or to the right', () => withPlayground(async (playground) => {
  const places = async () => {
    const [first, second] = await Promise.all(['For each line', 'Add up'].map((name) => playground.node(name).boundingBox()));
    return { isBelow: second.y > first.y + first.height, isRight: second.x > first.x + first.width };
  };
  await playground.setDefinition(MAP);
  await playground.node('Add up').waitFor();
  assert.equal((await places()).isBelow, true);
  await playground.button('Draw from left to right').click();
  await playground.button('Draw from top to bottom').waitFor();
  await playground.page.waitForFunction(() => {
    const [first, second] = ['For each line', 'Add up'].map((name) => document.querySelector(`[data-state="${name}"]`).getBoundingClientRect());
    return second.left > first.right;
  });
}));

test('the first iteration that failed is one click away', () => withPlayground(async (playground) => {
  const states = {
    Check: { Type: 'Choice', Choices: [{ Variable: '$', NumericEquals: 2, Next: 'Refuse' }], Default: 'Take' },
    Take: { Type: 'Succeed' },
    Refuse: { Type: 'Fail', Error: 'Two' },
  };
  const each = { Type: 'Map', ItemProcessor: { StartAt: 'Check', States: states }, End: true };
  await playground.setDefinition(JSON.stringify({ StartAt: 'Each', States: { Each: each } }, null, 2));
  await playground.setInput('[1, 2, 3]');
  assert.equal(await playground.runToEnd(), 'FAILED');
  await playground.button('First failed iteration of Each').click();
  await playground.region('Diagram').getByText('item 2 of 3').waitFor();
  await playground.node('Refuse').and(playground.page.locator('[data-status="failed"]')).waitFor();
  await playground.button('First failed iteration of Each').waitFor({ state: 'detached' });
}));

test('one iteration of a Map can be looked at', () => withPlayground(async (playground) => {
  await openMap(playground);
  await playground.runToEnd();
  const diagram = playground.region('Diagram');
  await diagram.getByText('newest of 3').waitFor();
  await playground.button('Next iteration of For each line').click();
  await diagram.getByText('item 1 of 3').waitFor();
  await playground.button('Next iteration of For each line').click();
  await diagram.getByText('item 2 of 3').waitFor();
  assert.equal(await playground.node('Price').getAttribute('data-status'), 'succeeded');
  await playground.button('Previous iteration of For each line').click();
  await playground.button('Previous iteration of For each line').click();
  await diagram.getByText('newest of 3').waitFor();
}));

test('a state that is pointed at tells its facts: attempts, error and variables', () => withPlayground(async (playground) => {
  await playground.setDefinition(JSON.stringify({
    StartAt: 'Count',
    States: {
      Count: { Type: 'Pass', Assign: { total: 12 }, Next: 'Call' },
      Call: {
        Type: 'Task',
        Resource: 'arn:aws:lambda:us-east-1:123456789012:function:Busy',
        Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 1, IntervalSeconds: 1 }],
        End: true,
      },
    },
  }));
  await playground.setMockJavaScript('Busy', '() => { throw Object.assign(new Error("no"), { name: "Busy" }); }');
  await playground.runToEnd();
  await playground.node('Call').hover();
  const card = playground.region('Diagram').locator('.node-card');
  await card.getByText('total = 12').waitFor();
  const facts = await card.innerText();
  assert.match(facts, /attempt 2/);
  assert.match(facts, /Error\s+Busy/);
}));
