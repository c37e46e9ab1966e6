// From the playground to AWS: text to paste, whatever the state machine is called.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { linkTo } from '../support/links.mjs';
import { withPlayground } from '../support/playground.mjs';

const NAME = "it's `id` $(touch hacked) ${x}";
const DEFINITION = { StartAt: NAME, States: { [NAME]: { Type: 'Pass', Comment: '%{if} \u001b[201~', End: true } } };
const INPUT = { note: "don't $(touch hacked)" };
const HOSTILE = { title: 'Order saga', asl: JSON.stringify(DEFINITION, null, 2), input: JSON.stringify(INPUT) };

async function openDialog(playground) {
  await playground.button('Go live').click();
  return playground.page.getByRole('dialog', { name: 'Go live on AWS' });
}

test('every format is there, to be copied and saved', () => withPlayground(async (playground) => {
  const dialog = await openDialog(playground);
  for (const [name, expected] of [
    ['AWS CLI', 'aws stepfunctions create-state-machine'],
    ['CloudFormation', 'AWS::StepFunctions::StateMachine'],
    ['SAM', 'AWS::Serverless::StateMachine'],
    ['CDK', 'sfn.DefinitionBody.fromString'],
    ['Terraform', 'resource "aws_sfn_state_machine" "order_saga"'],
  ]) {
    await dialog.getByRole('tab', { name, exact: true }).click();
    const text = await dialog.getByLabel(`${name} text`, { exact: true }).innerText();
    assert.ok(text.includes(expected), text);
    await dialog.getByRole('button', { name: `Copy ${name}` }).click();
    assert.equal((await playground.clipboardText()).trim(), text.trim());
  }
  const { name } = await playground.download(() => dialog.getByRole('button', { name: 'Save state_machine.tf' }).click());
  assert.equal(name, 'state_machine.tf');
}, { url: linkTo(HOSTILE), context: { permissions: ['clipboard-read', 'clipboard-write'] } }));

test('a shell that gets the commands hands over the definition and runs nothing of it', () =>
  withPlayground(async (playground) => {
    const dialog = await openDialog(playground);
    const script = await dialog.getByLabel('AWS CLI text', { exact: true }).textContent();
    const folder = mkdtempSync(join(tmpdir(), 'go-live-'));
    try {
      const aws = 'aws() { if [ "$2" = create-state-machine ]; then echo arn; else while [ "$1" != --input ]; do shift; done; printf %s "$2"; fi; }';
      const input = execFileSync('sh', ['-euc', `${aws}\n${script}\n[ ! -e hacked ]`], { cwd: folder, encoding: 'utf8' });
      assert.deepEqual(JSON.parse(input), INPUT);
      assert.deepEqual(JSON.parse(readFileSync(join(folder, 'order-saga.asl.json'), 'utf8')), DEFINITION);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, { url: linkTo(HOSTILE) }));

test('CDK evaluates the literal to the definition', () => withPlayground(async (playground) => {
  const dialog = await openDialog(playground);
  await dialog.getByRole('tab', { name: 'CDK', exact: true }).click();
  const text = await dialog.getByLabel('CDK text', { exact: true }).textContent();
  const literal = text.slice(text.indexOf('`'), text.lastIndexOf('`') + 1);
  const evaluated = new Function(`return ${literal}`)();
  assert.deepEqual(JSON.parse(evaluated), DEFINITION);
}, { url: linkTo(HOSTILE) }));

test('what is no JSON yet is not brought to AWS', () => withPlayground(async (playground) => {
  const dialog = await openDialog(playground);
  await dialog.getByRole('alert').filter({ hasText: 'The definition is no JSON object yet.' }).waitFor();
}, { url: linkTo({ asl: '{ "StartAt": ' }) }));
