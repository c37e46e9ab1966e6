// Files come in by drop, by the picker and by the keyboard, and go out again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chain } from '../support/links.mjs';
import { withPlayground } from '../support/playground.mjs';

/** Drops a file on the page, as the system's file manager does. */
async function drop(playground, name, text) {
  const transfer = await playground.page.evaluateHandle(([name, text]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], name));
    return transfer;
  }, [name, text]);
  const target = playground.region('Definition').locator('.cm-content').first();
  await target.dispatchEvent('dragover', { dataTransfer: transfer });
  await target.dispatchEvent('drop', { dataTransfer: transfer });
}

/** Picks a file in the system's picker, which `open` opens. */
async function pick(playground, open, name, text) {
  const choosing = playground.page.waitForEvent('filechooser');
  await open();
  await (await choosing).setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
}

/** Saves a file of the dialog, and returns its name and text. */
async function saved(playground, name) {
  await playground.button('Files').click();
  const save = playground.page.getByRole('dialog').getByRole('button', { name: new RegExp(`^${name}`) });
  return playground.download(() => save.click());
}

const title = (playground, name) => playground.page.getByRole('button', { name: `Examples: ${name}`, exact: true }).waitFor();

const SAM = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Pack:
    Type: AWS::Serverless::Function
  Orders:
    Type: AWS::Serverless::StateMachine
    Properties:
      Type: EXPRESS
      Definition:
        StartAt: Pack
        States:
          Pack: { Type: Task, Resource: "\${PackArn}", Comment: "\${Nowhere}", End: true }
      DefinitionSubstitutions:
        PackArn: !GetAtt Pack.Arn
  Other:
    Type: AWS::Serverless::StateMachine
    Properties: { DefinitionUri: statemachine/other.asl.json }
`;

test('a definition is dropped, and the draft is kept', () => withPlayground(async (playground) => {
  await playground.setDefinition('{ "StartAt": "Mine" }');
  await playground.page.waitForFunction(() => localStorage.getItem('asl-playground.draft')?.includes('Mine'));
  await drop(playground, 'orders.asl.json', chain('Dropped'));
  await title(playground, 'orders');
  assert.equal(await playground.editorText('Definition'), chain('Dropped'));
  assert.equal(await playground.runToEnd(), 'SUCCEEDED');
  await playground.button('Restore').click();
  await playground.region('Definition').getByText('"Mine"').waitFor();
}));

test('a definition in YAML is picked with the keyboard, and converted', () => withPlayground(async (playground) => {
  await pick(playground, () => playground.page.keyboard.press('Control+O'), 'orders.yaml',
    '# a comment\nStartAt: A\nStates:\n  A: { Type: Succeed }\n');
  await playground.page.getByText('The definition was YAML. It is converted to JSON').waitFor();
  assert.deepEqual(JSON.parse(await playground.editorText('Definition')),
    { StartAt: 'A', States: { A: { Type: 'Succeed' } } });
}));

test('the state machines of a template are offered by name, with their substitutions', () =>
  withPlayground(async (playground) => {
    await playground.button('Files').click();
    await pick(playground, () => playground.page.getByRole('button', { name: /^Choose a file/ }).click(), 'x.txt', SAM);
    const dialog = playground.page.getByRole('dialog', { name: 'Choose a state machine' });
    await dialog.waitFor();
    const rows = dialog.getByRole('table', { name: 'Substitutions of Orders' }).getByRole('row');
    assert.equal(await rows.count(), 3);
    assert.match(await rows.nth(1).innerText(), /\$\{PackArn\}.*Fn::GetAtt.*:function:Pack/s);
    assert.match(await rows.nth(2).innerText(), /\$\{Nowhere\}.*stays as it is/s);
    assert.ok(await dialog.getByRole('button', { name: /^Other/ }).isDisabled());
    await dialog.getByText('statemachine/other.asl.json').waitFor();
    await dialog.getByRole('button', { name: /^Orders/ }).click();
    await title(playground, 'Orders');
    assert.match(await playground.editorText('Definition'), /function:Pack"/);
    assert.match(await playground.editorText('Definition'), /\$\{Nowhere\}/);
    assert.equal(await playground.runToEnd(), 'SUCCEEDED');
  }));

test('a mock file of Step Functions Local brings its test cases', () => withPlayground(async (playground) => {
  const file = {
    StateMachines: { M: { TestCases: { Happy: { Mocked: 'Good' }, Sad: { Mocked: 'Bad' } } } },
    MockedResponses: { Good: { 0: { Return: 1 } }, Bad: { 0: { Throw: { Error: 'Broken', Cause: 'on purpose' } } } },
  };
  await drop(playground, 'm.asl.json', chain('Mocked'));
  await title(playground, 'm');
  await drop(playground, 'MockConfigFile.json', JSON.stringify(file));
  await playground.page.getByRole('button', { name: /^M \/ Sad/ }).click();
  await playground.page.getByText('The mocks of the test case Sad are set.').waitFor();
  assert.equal(await playground.runToEnd(), 'FAILED');
  const written = JSON.parse((await saved(playground, 'Mock file')).text);
  assert.deepEqual(Object.values(written.MockedResponses), [{ '0-': { Throw: { Error: 'Broken', Cause: 'on purpose' } } }]);
}));

test('a playground file comes back as it went out, and its JavaScript waits', () => withPlayground(async (playground) => {
  await playground.openExample('Retry and catch');
  await title(playground, 'Retry and catch');
  const { name, text } = await saved(playground, 'Playground file');
  assert.equal(name, 'retry-and-catch.aslplay.json');
  await playground.page.keyboard.press('Escape');
  await playground.openExample('Choice');
  await drop(playground, 'anything.bin', text);
  await title(playground, 'Retry and catch');
  await playground.run();
  await playground.page.getByRole('group', { name: 'JavaScript from a file' }).waitFor();
}));

test('definitions are saved as JSON and as YAML', () => withPlayground(async (playground) => {
  const definition = await playground.editorText('Definition');
  const json = await saved(playground, 'Definition, JSON');
  assert.deepEqual([json.name, json.text], ['two-lambda-functions.asl.json', definition]);
  await playground.page.keyboard.press('Escape');
  const yaml = await saved(playground, 'Definition, YAML');
  assert.equal(yaml.name, 'two-lambda-functions.asl.yaml');
  assert.match(yaml.text, /^StartAt: /m);
}));

test('a file that is nothing of ours says so, and nothing is lost', () => withPlayground(async (playground) => {
  const before = await playground.editorText('Definition');
  for (const [text, expected] of [
    ['', /empty/],
    ['{"hello": 1}', /no state machine/],
    ['a: [1\nb: }', /neither JSON nor YAML.*line/],
    ['{"Resources": {"B": {"Type": "AWS::S3::Bucket"}}}', /The template holds no state machine/],
    [' '.repeat(4 * 1024 * 1024 + 1), /4 MiB/],
  ]) {
    await drop(playground, 'bad', text);
    const dialog = playground.page.getByRole('dialog', { name: 'Files' });
    await dialog.getByRole('alert').filter({ hasText: expected }).waitFor();
    await dialog.getByRole('button', { name: 'Close', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  }
  assert.equal(await playground.editorText('Definition'), before);
}));

test('a broken definition opens to be mended', () => withPlayground(async (playground) => {
  await drop(playground, 'broken.json', '{ "StartAt": "A"\n "States": {} }');
  await playground.page.getByText(/The file is no JSON yet: .* It is open as it is, to be mended/).waitFor();
  assert.match(await playground.editorText('Definition'), /"States": \{\} \}$/);
}));

test('a definition larger than AWS takes is shown and not edited', () => withPlayground(async (playground) => {
  const large = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', Comment: 'x'.repeat(1024 * 1024), End: true } } });
  await drop(playground, 'large.json', large);
  await playground.page.getByText('larger than the 1 MiB that AWS accepts').waitFor();
  const editor = playground.region('Definition').locator('.cm-content').first();
  assert.equal(await editor.getAttribute('aria-readonly'), 'true');
}));
