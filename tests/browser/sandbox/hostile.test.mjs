// Mocks that misbehave, by accident or on purpose: each gets the answer it deserves, and none keeps the page from working.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { closeSandbox, openSandbox, receive, send, tryMock, withPage } from './harness.mjs';

const CASES = JSON.parse(readFileSync(new URL('hostile-mocks.json', import.meta.url), 'utf8'));
/** A mock that held the page would hold it until the watchdog's second is over. Undisturbed, the page is late by a few
 *  milliseconds; on a busy machine by more. */
const MAX_LAG = 900;

/** Asserts that each expected field has its value, or one of several written as `a|b`. */
function assertMessage(name, message, expected) {
  for (const [field, value] of Object.entries(expected)) {
    const isAlternative = typeof value === 'string' && (field === 't' || field === 'name');
    const allowed = isAlternative ? value.split('|') : [value];
    assert.ok(allowed.includes(message[field]), `${name}: ${field} is ${JSON.stringify(message[field])}, not ${value}`);
  }
}

test('hostile and odd mocks get the answer they deserve, and the page stays awake', async () => {
  await withPage(async (page, site) => {
    await page.evaluate(() => {
      globalThis.longestLag = 0;
      let last = performance.now();
      setInterval(() => {
        globalThis.longestLag = Math.max(globalThis.longestLag, performance.now() - last - 10);
        last = performance.now();
      }, 10);
    });
    for (const { name, source, expect } of CASES) {
      const message = await tryMock(page, source.replaceAll('{SITE}', site.replace(/\/$/, '')));
      assertMessage(name, message, expect);
      assert.ok(JSON.stringify(message).length < 1 << 20, `${name}: the answer is too long`);
    }
    assert.ok((await page.evaluate(() => globalThis.longestLag)) < MAX_LAG);
    assert.equal(await page.evaluate(() => ({}).polluted), undefined);
  });
});

test('two runs of a mock see the same time and the same dice', async () => {
  const source = 'export default () => [Math.random(), Date.now(), new Date().toISOString(), crypto.randomUUID(), performance.now()]';
  await withPage(async (page) => {
    const first = await tryMock(page, source);
    assert.deepEqual(await tryMock(page, source), first);
    assert.equal(JSON.parse(first.out)[2], '2026-01-01T00:00:00.000Z');
  });
});

test('a mock keeps its module state between calls and loses it with the sandbox', async () => {
  const source = 'let calls = 0; export default () => ++calls';
  await withPage(async (page) => {
    await openSandbox(page);
    await send(page, { t: 'load', id: 0, name: 'Count', src: source });
    await receive(page, 1000);
    for (const n of [1, 2]) {
      await send(page, { t: 'call', n, id: 0, now: 0, seed: 1, input: '{}', ctx: '{}' });
      assert.equal((await receive(page, 1000)).out, String(n));
    }
    await closeSandbox(page);
    assert.equal((await tryMock(page, source)).out, '1');
  });
});

test('opened by itself, the sandbox page refuses', async () => {
  await withPage(async (page) => {
    const sandbox = await page.evaluate(() => document.querySelector('script[data-sandbox]').dataset.sandbox);
    await page.goto(new URL(sandbox, page.url()).href);
    assert.match(await page.locator('html').innerText(), /only works inside the playground/);
  });
});
