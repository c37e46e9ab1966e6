// A link that does not open says why, and loses nothing.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { linkTo, packed, released } from '../support/links.mjs';
import { SITE, withPlayground } from '../support/playground.mjs';

const whole = (await released('v1-every-field')).url;
const problem = (playground) => playground.page.getByRole('alert', { name: 'Link' });

const BAD = [
  ['cut in the middle', whole.slice(0, -200), 'This link is incomplete', /cut long links/],
  ['cut in the checksum', whole.slice(0, -1), 'This link is incomplete', /cut long links/],
  ['changed on its way', whole.replace('#v1.d.', '#v1.d.A'), 'This link was damaged on its way', /checksum/],
  ['too long', `${SITE}#v1.d.${'A'.repeat(131_072)}.00000000`, 'This link is too large', /131086 characters/],
  ['a bomb', packed('d', deflateRawSync(Buffer.alloc(60_000_000))), 'This link is too large', /unpacks to more than 2 MiB/],
  ['made by something else', packed('d', 'no deflate'), 'This link does not hold a state machine', /Another program/],
  ['no document', packed('j', '{"hello": 1}'), 'This link does not hold a state machine', /"v", a whole number/],
  ['with a mock too large', linkTo({ asl: '{}', mocks: [{ match: { state: 'Big' }, js: 'x'.repeat(65_537) }] }),
    'This link does not hold a state machine', /mock of Big/],
];

for (const [name, url, title, text] of BAD) {
  test(`a link that is ${name}`, () => withPlayground(async (playground) => {
    await problem(playground).getByRole('heading', { name: title }).waitFor();
    assert.match(await problem(playground).innerText(), text);
    await playground.button('Open my draft').click();
    await playground.region('Definition').getByText('MyLambdaFunction1').first().waitFor();
    assert.equal(await problem(playground).count(), 0);
    assert.equal(new URL(playground.page.url()).hash, '');
  }, { url }));
}

test('a link that is newer than the page offers to load the page anew', () => withPlayground(async (playground) => {
  await problem(playground).getByRole('heading', { name: 'This link is newer than this page' }).waitFor();
  assert.match(await problem(playground).innerText(), /format 3; this page reads up to format 1/);
  await playground.button('Reload the page').click();
  await problem(playground).waitFor();
}, { url: `${SITE}#v3.d.abc.00000000` }));

test('the raw link can be saved, and the draft comes back', () => withPlayground(async (playground) => {
  await playground.setDefinition('{ "StartAt": "Mine" }');
  await playground.page.waitForFunction(() => localStorage.getItem('asl-playground.draft')?.includes('Mine'));
  await playground.page.evaluate(() => { location.hash = 'v1.d.cut'; });
  await problem(playground).waitFor();
  const { name, text } = await playground.download(() => playground.button('Download the raw link').click());
  assert.deepEqual([name, text], ['link.txt', '#v1.d.cut']);
  await playground.button('Open my draft').click();
  await playground.region('Definition').getByText('"Mine"').waitFor();
}));
