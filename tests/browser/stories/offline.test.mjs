// After one visit the playground works without network; a new deploy is taken whole or not at all; and a deploy can take
// everything back.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { serviceWorker } from '../../../web/js/site/offline.mjs';
import { IS_FIREFOX, Playground, withBrowser } from '../support/playground.mjs';
import { DIST, folder, withServer } from '../support/server.mjs';

const PATH = '/a/b/';

/** Serves a copy of the site under a path of its own, and hands over what can be changed about it. */
async function withDeploy(story) {
  const root = mkdtempSync(join(tmpdir(), 'asl-site-'));
  cpSync(DIST, root, { recursive: true });
  const asked = [];
  const files = folder(PATH, () => root);
  try {
    await withServer((path) => {
      asked.push(path);
      // A page of the same origin that is not the playground's.
      return path === '/' ? { body: '<!doctype html><p>beside' } : files(path);
    }, (address, stop) => withBrowser(async (browser) => {
      const context = await browser.newContext();
      const playground = new Playground(await context.newPage(), context);
      await story({ playground, page: playground.page, url: address + PATH.slice(1), root, stop, asked });
      playground.assertNoPageErrors();
    }));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Waits until the worker of the first visit has kept everything. */
const kept = (page) => page.evaluate(async () => {
  const registration = await navigator.serviceWorker.ready;
  return registration.active.scriptURL;
});

/** Waits until an asynchronous condition of the page holds; the test's own timeout bounds it. */
async function until(page, condition, argument) {
  while (!(await page.evaluate(condition, argument))) await page.evaluate(() => new Promise(requestAnimationFrame));
}

/** Changes what a deploy changes: a file gets another name with its content, the page names it, the worker lists it. */
async function deployAgain(root) {
  const old = readdirSync(root).find((name) => /^boot-.*\.js$/.test(name));
  const renamed = 'boot-NEWBUILD.js';
  writeFileSync(join(root, old), `${readFileSync(join(root, old), 'utf8')}\nglobalThis.isNewDeploy = true;\n`);
  renameSync(join(root, old), join(root, renamed));
  const index = join(root, 'index.html');
  writeFileSync(index, readFileSync(index, 'utf8').replaceAll(old, renamed));
  writeFileSync(join(root, 'sw.js'), await serviceWorker(root));
  return { old, renamed };
}

const bootScript = (page) => page.evaluate(() => document.querySelector('script[data-page-glue]').src.split('/').pop());

test('from a sub-path, and without network after the first visit', { timeout: 90_000 }, () => withDeploy(
  async ({ playground, page, url, stop }) => {
    await playground.open(url);
    assert.equal(await kept(page), `${url}sw.js`);
    await stop();
    await page.reload();
    await page.locator('[data-ready="true"]').waitFor({ state: 'attached' });
    await playground.openExample('Choice');
    assert.match(await playground.runToEnd(), /SUCCEEDED|FAILED/);
    playground.pageErrors.length = 0;
  },
));

test('a new deploy is never mixed with the old one', { timeout: 120_000 }, () => withDeploy(
  async ({ playground, page, url, root, stop, asked }) => {
    await playground.open(url);
    await kept(page);
    const { renamed } = await deployAgain(root);
    asked.length = 0;
    await playground.open(url);
    assert.equal(await bootScript(page), renamed, 'with network the page is the newest');
    assert.equal(await page.evaluate(() => globalThis.isNewDeploy), true);
    assert.ok(asked.includes(PATH + renamed));
    await until(page, async () => (await navigator.serviceWorker.getRegistration()).waiting !== null);
    // A page that is only left may come back as it was, and keeps the old version until then: this one is closed.
    const beside = await playground.context.newPage();
    await beside.goto(new URL('/', url).href);
    await page.close();
    const isTaken = async (scope) => {
      const { active, waiting } = await navigator.serviceWorker.getRegistration(scope);
      return waiting === null && active.state === 'activated' && (await caches.keys()).length === 1;
    };
    await until(beside, isTaken, url);
    await stop();
    await new Playground(beside, playground.context).open(url);
    assert.equal(await bootScript(beside), renamed, 'the new version was kept whole, and took over once no page was old');
    const names = await beside.evaluate(() => caches.keys());
    assert.equal(names.length, 1, 'nothing of the old version is left');
    playground.pageErrors.length = 0;
  },
));

test('a worker that arrives before its page keeps nothing', { timeout: 90_000 }, () => withDeploy(
  async ({ playground, page, url, root, stop }) => {
    await playground.open(url);
    await kept(page);
    const before = await bootScript(page);
    const index = join(root, 'index.html');
    const oldPage = readFileSync(index, 'utf8');
    await deployAgain(root);
    writeFileSync(index, oldPage);
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      await new Promise((done) => {
        registration.addEventListener('updatefound', () => {
          const worker = registration.installing;
          worker.addEventListener('statechange', () => worker.state === 'redundant' && done());
        });
        registration.update().catch(() => {});
      });
    });
    await stop();
    await page.reload();
    await page.locator('[data-ready="true"]').waitFor({ state: 'attached' });
    assert.equal(await bootScript(page), before);
    playground.pageErrors.length = 0;
  },
));

test('the sandbox page is never the worker’s', { timeout: 90_000 }, () => withDeploy(
  async ({ playground, page, url }) => {
    await playground.open(url);
    await kept(page);
    await page.reload();
    await page.locator('[data-ready="true"]').waitFor({ state: 'attached' });
    const sandbox = await page.evaluate(() => document.querySelector('script[data-sandbox]').dataset.sandbox);
    assert.equal(await page.evaluate(async (sandbox) => (await caches.match(sandbox)) === undefined, sandbox), true);
    const response = await page.goto(new URL(sandbox, url).href);
    assert.equal(response.fromServiceWorker(), false);
  },
));

test('a deploy may take the offline playground back', { timeout: 90_000 }, () => withDeploy(
  async ({ playground, page, url, root }) => {
    await playground.open(url);
    await kept(page);
    writeFileSync(join(root, 'sw.js'), await serviceWorker(root, true));
    const index = join(root, 'index.html');
    writeFileSync(index, readFileSync(index, 'utf8').replace(/ data-offline="[^"]*"/, ''));
    await playground.open(url);
    await until(page, async () => {
      const [registrations, names] = [await navigator.serviceWorker.getRegistrations(), await caches.keys()];
      return registrations.length === 0 && names.length === 0;
    });
    await playground.open(url);
    assert.equal(await playground.runToEnd(), 'SUCCEEDED');
  },
));

test('the browser finds an application to install', { skip: IS_FIREFOX && 'it tells nobody' }, () => withDeploy(async ({ playground, page, url }) => {
  await playground.open(url);
  const manifest = await page.evaluate(async () => {
    const address = document.querySelector('link[rel=manifest]').href;
    return (await fetch(address)).json();
  });
  assert.equal(manifest.display, 'standalone');
  for (const { src, sizes } of manifest.icons) {
    const size = await page.evaluate(async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, new URL(src, url).href);
    assert.equal(size, sizes);
  }
  const client = await playground.context.newCDPSession(page);
  const { errors } = await client.send('Page.getAppManifest');
  assert.deepEqual(errors, []);
  const { installabilityErrors } = await client.send('Page.getInstallabilityErrors');
  assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'), []);
}));
