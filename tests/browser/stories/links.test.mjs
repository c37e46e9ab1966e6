// Somebody follows a link: the document is there, nothing has run, and their own work is kept.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chain, linkTo, released } from '../support/links.mjs';
import { SITE, withPlayground } from '../support/playground.mjs';

/** The sandbox of snippets is the only frame that the page ever has. */
const sandboxes = (playground) => playground.page.locator('iframe').count();
const consent = (playground) => playground.page.getByRole('group', { name: /^JavaScript from a/ });

const SNIPPETS = {
  title: 'Snippets',
  asl: chain('First', 'Second'),
  input: '{"n": 1}',
  mocks: [
    { match: { resource: '*:function:First' }, js: 'export default async (event) => ({ n: event.n + 41 });' },
    { match: { resource: '*:function:Second' }, js: 'export default async (event) => `answer ${event.n}`;' },
  ],
};

for (const name of ['v1-smallest', 'v1-plain-two-lambdas', 'v1-every-field', 'v1-stored-blocks', 'v1-no-json', 'v1-express']) {
  test(`the released link ${name} opens`, async () => {
    const { url, document } = await released(name);
    await withPlayground(async (playground) => {
      assert.equal(await playground.editorText('Definition'), document.asl);
      if (document.title) {
        await playground.page.getByRole('button', { name: `Examples: ${document.title}`, exact: true }).waitFor();
      }
    }, { url });
  });
}

test('a link to an example opens it', () => withPlayground(async (playground) => {
  await playground.page.getByRole('button', { name: 'Examples: Choice', exact: true }).waitFor();
}, { url: `${SITE}#example/choice` }));

test('a link does not take the place of the draft', () => withPlayground(async (playground) => {
  await playground.setDefinition('{ "StartAt": "Mine" }');
  await playground.page.waitForFunction(() => localStorage.getItem('asl-playground.draft')?.includes('Mine'));
  const { url, document } = await released('v1-every-field');
  await playground.page.goto('about:blank');
  await playground.open(url);
  assert.equal(await playground.editorText('Definition'), document.asl);
  await playground.page.getByText('Your previous work is kept in this browser.').waitFor();
  await playground.button('Restore').click();
  await playground.region('Definition').getByText('"Mine"').waitFor();
  assert.equal(new URL(playground.page.url()).hash, '');
}));

test('a link that is followed inside the page opens, too', () => withPlayground(async (playground) => {
  const { url, document } = await released('v1-every-field');
  await playground.page.evaluate((hash) => { location.hash = hash; }, new URL(url).hash);
  await playground.page.getByRole('button', { name: `Examples: ${document.title}`, exact: true }).waitFor();
  await playground.region('Definition').getByText('"Charge card": {').waitFor();
  assert.equal(await playground.editorText('Definition'), document.asl);
}));

const GIST = '0123456789abcdef0123456789abcdef';
const RAW = 'https://gist.githubusercontent.com/somebody/raw/order.asl.json';

/** GitHub's answer about a gist whose definition is too large to be in it, and then its file. */
async function answerAsGitHub(page) {
  const headers = { 'access-control-allow-origin': '*' };
  const asked = [];
  await page.route(/^https:\/\/(api\.github\.com|gist\.githubusercontent\.com)\//, (route) => {
    const url = route.request().url();
    asked.push(url);
    if (url === RAW) return route.fulfill({ headers, body: SNIPPETS.asl });
    const notes = { filename: 'notes.md', truncated: false, content: 'An order.' };
    if (!url.endsWith(GIST)) return route.fulfill({ headers, json: { files: { 'notes.md': notes } } });
    const files = {
      'notes.md': notes,
      'order.asl.json': { filename: 'order.asl.json', truncated: true, raw_url: RAW, content: '{' },
    };
    return route.fulfill({ headers, json: { files } });
  });
  return asked;
}

test('a gist opens like a file, and keeps the draft', () => withPlayground(async (playground) => {
  const { page } = playground;
  const asked = await answerAsGitHub(page);
  await playground.setDefinition('{ "StartAt": "Mine" }');
  await page.waitForFunction(() => localStorage.getItem('asl-playground.draft')?.includes('Mine'));
  await page.evaluate((hash) => { location.hash = hash; }, `gist/${GIST}`);
  await page.getByRole('button', { name: 'Examples: order', exact: true }).waitFor();
  assert.equal(await playground.editorText('Definition'), SNIPPETS.asl);
  assert.deepEqual(asked, [`https://api.github.com/gists/${GIST}`, RAW]);
  await playground.button('Restore').click();
  await playground.region('Definition').getByText('"Mine"').waitFor();
}));

test('a gist that cannot be had says why, and everything stays', () => withPlayground(async (playground) => {
  const { page } = playground;
  await answerAsGitHub(page);
  await playground.setDefinition('{ "StartAt": "Mine" }');
  await page.evaluate(() => { location.hash = 'gist/abcdef'; });
  await page.getByText('The gist did not open. It has no file that ends in .asl.json, ').waitFor();
  assert.equal(await playground.editorText('Definition'), '{ "StartAt": "Mine" }');
}));

test('JavaScript of a link runs when the reader wants it, and the decision holds for the session', () =>
  withPlayground(async (playground) => {
    await playground.region('Mocks').getByText('from a link, not run yet').waitFor();
    assert.equal(await sandboxes(playground), 0);
    await playground.run();
    await consent(playground).getByText('This link includes JavaScript mocks (2).').waitFor();
    assert.equal(await sandboxes(playground), 0, 'asking runs nothing');
    await consent(playground).getByRole('button', { name: 'View code' }).click();
    assert.equal(await sandboxes(playground), 0, 'looking runs nothing');
    await consent(playground).getByRole('button', { name: 'Run the JavaScript' }).click();
    assert.equal(await playground.finalStatus(), 'SUCCEEDED');
    await playground.event('ExecutionSucceeded').click();
    await playground.region('Inspector').getByText('answer 42').first().waitFor();

    await playground.page.reload();
    await playground.page.locator('[data-ready="true"]').waitFor({ state: 'attached' });
    assert.equal(await sandboxes(playground), 0, 'opening it again runs nothing');
    assert.equal(await playground.runToEnd(), 'SUCCEEDED');
    assert.equal(await consent(playground).count(), 0);
  }, { url: linkTo(SNIPPETS) }));

test('stand-ins run in place of JavaScript', () => withPlayground(async (playground) => {
  await playground.run();
  await consent(playground).getByRole('button', { name: 'Run with declarative stand-ins' }).click();
  assert.equal(await playground.finalStatus(), 'SUCCEEDED');
  assert.equal(await sandboxes(playground), 0);
  await playground.page.getByText('Stand-ins are in use.').waitFor();
  await playground.event('ExecutionSucceeded').click();
  await playground.region('Inspector').getByText('"n"').first().waitFor();
  await playground.button('Run the JavaScript').click();
  await playground.region('Inspector').getByText('answer 42').first().waitFor();
}, { url: linkTo(SNIPPETS) }));

test('a draft that came with a link asks again in another session', () => withPlayground(async (playground) => {
  await playground.editDefinition((text) => text.replaceAll('  ', ' '));
  await playground.page.waitForFunction(() => localStorage.getItem('asl-playground.draft')?.includes('answer'));
  await playground.page.evaluate(() => sessionStorage.clear());
  await playground.page.reload();
  await playground.page.locator('[data-ready="true"]').waitFor({ state: 'attached' });
  await playground.run();
  await consent(playground).waitFor();
  assert.equal(await sandboxes(playground), 0);
}, { url: linkTo(SNIPPETS) }));

test('a link that points at an event runs by itself and goes there', async () => {
  const { url } = await released('v1-every-field');
  await withPlayground(async (playground) => {
    const event = playground.page.locator('[data-event-id="12"][aria-selected="true"]');
    await event.waitFor();
    assert.equal(await sandboxes(playground), 0);
    assert.equal(await playground.finalStatus(), 'SUCCEEDED');
  }, { url });
});

test('a link that points at an event and brings JavaScript waits for the reader', async () => {
  const { url } = await released('v1-java-script-moment');
  await withPlayground(async (playground) => {
    await playground.region('Execution log').getByText('Opening a link runs nothing').waitFor();
    assert.equal(await sandboxes(playground), 0);
    await playground.run();
    await consent(playground).getByRole('button', { name: 'Run the JavaScript' }).click();
    await playground.page.locator('[data-event-id="3"][aria-selected="true"]').waitFor();
  }, { url });
});

test('a mock of one state answers it, whatever function it calls', () => withPlayground(async (playground) => {
  assert.equal(await playground.runToEnd(), 'SUCCEEDED');
  await playground.event('ExecutionSucceeded').click();
  await playground.region('Inspector').getByText('by its state').first().waitFor();
}, {
  url: linkTo({
    asl: chain('First', 'Second'),
    mocks: [{ match: { state: 'Second' }, steps: [{ return: 'by its state' }] }],
  }),
}));

test('hostile texts stay texts', async () => {
  const { url, document } = await released('v1-hostile-texts');
  await withPlayground(async (playground) => {
    const alerts = [];
    playground.page.on('dialog', (dialog) => { alerts.push(dialog.message()); dialog.dismiss(); });
    assert.equal(await playground.editorText('Definition'), document.asl);
    assert.equal(await playground.runToEnd(), 'SUCCEEDED');
    assert.equal(await playground.page.locator('img').count(), 0);
    assert.equal(await playground.page.evaluate(() => ({}).polluted), undefined);
    assert.deepEqual(alerts, []);
    const saved = await playground.saveDiagram('SVG');
    assert.doesNotMatch(saved.text, /<script|<img|foreignObject/);
    assert.match(saved.name, /^[a-z0-9-]{1,60}\.svg$/);
  }, { url });
});
