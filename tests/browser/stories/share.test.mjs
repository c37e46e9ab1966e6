// Somebody hands a document on, in every way that the dialog offers, and somebody else opens it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chain, documentIn, linkTo } from '../support/links.mjs';
import { SITE, withPlayground } from '../support/playground.mjs';

const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };
const DOCUMENT = {
  title: 'To be <shared>',
  asl: chain('First', 'Second'),
  input: '{ "n": 1 }',
  mocks: [{ match: { resource: '*:function:Second' }, steps: [{ return: 'mocked' }] }],
  later: { kept: true },
};

async function openShare(playground) {
  await playground.button('Share').click();
  const dialog = playground.page.getByRole('dialog', { name: 'Share' });
  await dialog.getByText(/\d+ characters: fine everywhere/).waitFor();
  return dialog;
}

/** What was copied after a button was pressed. */
async function copied(playground, dialog, name) {
  await playground.page.evaluate(() => navigator.clipboard.writeText(''));
  await dialog.getByRole('button', { name, exact: true }).click();
  await dialog.getByRole('button', { name: 'Copied', exact: true }).waitFor();
  return playground.clipboardText();
}

test('a link carries everything, and what this version does not know', () => withPlayground(async (playground) => {
  const dialog = await openShare(playground);
  await dialog.getByText('Nothing is uploaded.').waitFor();
  const link = await copied(playground, dialog, 'Copy link');
  assert.equal(playground.page.url(), link, 'the address bar holds it, too');
  assert.match(link, /#v1\.d\.[A-Za-z0-9_-]+\.[0-9a-f]{8}$/);
  const { app, v, ...document } = documentIn(link);
  assert.deepEqual([v, typeof app], [1, 'string']);
  assert.deepEqual(document, DOCUMENT);
  const other = await playground.context.newPage();
  await other.goto(link);
  await other.getByRole('button', { name: 'Examples: To be <shared>', exact: true }).waitFor();
}, { url: linkTo(DOCUMENT), context: CLIPBOARD }));

test('what is left out is not in the link', () => withPlayground(async (playground) => {
  const dialog = await openShare(playground);
  const whole = (await copied(playground, dialog, 'Copy link')).length;
  await dialog.getByLabel('Input', { exact: true }).uncheck();
  await dialog.getByLabel('Mocks', { exact: true }).uncheck();
  await dialog.getByLabel('Shorten: leave out white space').check();
  await playground.page.waitForFunction(
    (whole) => document.querySelector('[aria-label="Link"]').value.length < whole * 0.8, whole);
  const document = documentIn(await dialog.getByLabel('Link', { exact: true }).inputValue());
  assert.equal(document.input, undefined);
  assert.equal(document.mocks, undefined);
  assert.equal(document.asl, JSON.stringify(JSON.parse(DOCUMENT.asl)));
}, { url: linkTo(DOCUMENT), context: CLIPBOARD }));

test('a link to a moment goes there', () => withPlayground(async (playground) => {
  assert.equal(await playground.runToEnd(), 'SUCCEEDED');
  await playground.event('LambdaFunctionSucceeded').first().click();
  const dialog = await openShare(playground);
  const before = await dialog.getByLabel('Link', { exact: true }).inputValue();
  await dialog.getByLabel('What is selected').check();
  await playground.page.waitForFunction(
    (before) => document.querySelector('[aria-label="Link"]').value !== before, before);
  const document = documentIn(await copied(playground, dialog, 'Copy link'));
  assert.equal(document.ui.event, 5);
  assert.equal(document.ui.select, 'First');
  assert.match(document.clock.start, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
}, { url: linkTo(DOCUMENT), context: CLIPBOARD }));

test('the link in other clothes', () => withPlayground(async (playground) => {
  const dialog = await openShare(playground);
  const link = await copied(playground, dialog, 'Copy link');
  const fragment = link.split('#')[1];
  assert.equal(await copied(playground, dialog, 'Markdown'), `[To be \\<shared\\>](${link})`);
  const frame = await copied(playground, dialog, '<iframe>');
  assert.ok(frame.startsWith(`<iframe src="${SITE}embed.html?view=split&amp;theme=auto#${fragment}"`), frame);
  assert.match(frame, /title="To be &lt;shared&gt;" loading="lazy"/);
  const element = await copied(playground, dialog, '<asl-playground>');
  assert.match(element, /<asl-playground link="v1\.d\.[^"]+" view="split" height="420">/);
  const picture = await copied(playground, dialog, 'SVG and link');
  assert.ok(picture.startsWith(`<a href="${link}"`) && picture.includes('<svg'), picture.slice(0, 200));
}, { url: linkTo(DOCUMENT), context: CLIPBOARD }));

test('account ids are pointed at and replaced', () => withPlayground(async (playground) => {
  const dialog = await openShare(playground);
  const before = await dialog.getByLabel('Link', { exact: true }).inputValue();
  await dialog.getByRole('button', { name: 'Replace account ids with 123456789012' }).click();
  await dialog.getByText('Account ids are 123456789012 in this link.').waitFor();
  await playground.page.waitForFunction(
    (before) => document.querySelector('[aria-label="Link"]').value !== before, before);
  const document = documentIn(await dialog.getByLabel('Link', { exact: true }).inputValue());
  assert.doesNotMatch(document.asl, /999988887777/);
  assert.match(document.asl, /:123456789012:/);
  assert.match(await playground.editorText('Definition').catch(() => ''), /999988887777/, 'the document itself stays');
}, {
  url: linkTo({ ...DOCUMENT, asl: DOCUMENT.asl.replaceAll('123456789012', '999988887777') }),
  context: CLIPBOARD,
}));

test('the dialog closes on Escape, and everything is where it was', () => withPlayground(async (playground) => {
  const editor = await playground.region('Definition').locator('.cm-content').first().elementHandle();
  await openShare(playground);
  await playground.page.keyboard.press('Escape');
  await playground.page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await playground.focusedName(), 'Share');
  assert.ok(await editor.evaluate((element) => element.isConnected), 'the editor is still the same');
}));
