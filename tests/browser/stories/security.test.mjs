// What a stranger's link, definition or page around an embed cannot do. docs/security.md names the threat of each.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { element, HELLO, pageWith, withDocsPage } from '../support/docs_page.mjs';
import { fragmentOf, ONE_FUNCTION } from '../support/links.mjs';
import { IS_FIREFOX, SITE, withPlayground } from '../support/playground.mjs';
import { DIST } from '../support/server.mjs';

/** Closes every context that text can stand in, and would run if it were markup. */
const MARKUP = `"'--></script></style></title></textarea></text><img src=x onerror="globalThis.attacked=1"><svg onload="globalThis.attacked=1">`;

const SANDBOX_FRAME = 'iframe[sandbox]';

test('opening a link starts no sandbox and runs no JavaScript', () => withPlayground(async ({ page }) => {
  assert.equal(await page.locator(SANDBOX_FRAME).count(), 0);
  assert.equal(page.workers().length, 2, 'the engine and what reads links, and nothing else');
  assert.equal(await page.locator('[data-event-id]').count(), 0, 'nothing has run');
}, {
  url: `${SITE}#${fragmentOf({
    asl: ONE_FUNCTION,
    mocks: [{ match: { resource: '*:function:Charge' }, js: 'console.log("ran"); export default () => 1' }],
  })}`,
}));

test('pressing Run on a link with JavaScript asks first', () => withPlayground(async (playground) => {
  await playground.run();
  await playground.page.getByRole('group', { name: 'JavaScript from a link' }).waitFor();
  assert.equal(await playground.page.locator(SANDBOX_FRAME).count(), 0);
  await playground.page.getByRole('button', { name: 'Run the JavaScript' }).click();
  assert.equal(await playground.finalStatus(), 'SUCCEEDED');
}, {
  url: `${SITE}#${fragmentOf({ asl: ONE_FUNCTION, mocks: [{ match: { resource: '*:function:Charge' }, js: '() => 1' }] })}`,
}));

/** A machine whose every text is markup, and which says them all: state names, comments, errors, causes, choices. */
function hostileMachine() {
  const name = (at) => `${at}${MARKUP}`.slice(0, 80);
  return JSON.stringify({
    Comment: MARKUP,
    StartAt: name('a'),
    States: {
      [name('a')]: { Type: 'Pass', Comment: MARKUP, Result: { [MARKUP]: MARKUP, __proto__x: 1 }, ResultPath: '$.said', Next: name('b') },
      [name('b')]: { Type: 'Choice', Choices: [{ Variable: '$.said', IsPresent: true, Comment: MARKUP, Next: name('c') }], Default: name('d') },
      [name('c')]: {
        Type: 'Task',
        Resource: 'arn:aws:lambda:us-east-1:123456789012:function:Charge',
        Retry: [{ ErrorEquals: [MARKUP], MaxAttempts: 1 }],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: name('d') }],
        End: true,
      },
      [name('d')]: { Type: 'Fail', Error: MARKUP, Cause: MARKUP },
    },
  }, null, 2);
}

const hostileLink = () => fragmentOf({
  title: MARKUP,
  asl: hostileMachine(),
  input: JSON.stringify({ [MARKUP]: MARKUP }),
  mocks: [{ match: { resource: '*:function:Charge' }, steps: [{ fail: { Error: MARKUP, Cause: MARKUP } }] }],
});

/** What markup would have made. */
async function assertUntouched(page) {
  assert.equal(await page.evaluate(() => globalThis.attacked), undefined);
  assert.equal(await page.locator('img').count(), 0);
  assert.deepEqual(await page.evaluate(() => globalThis.violations), [], 'the policy had something to stop');
  const handlers = await page.evaluate(() => [...document.querySelectorAll('*')]
    .flatMap((element) => element.getAttributeNames()).filter((name) => name.startsWith('on')));
  assert.deepEqual(handlers, []);
}

const watchViolations = (context) => context.addInitScript(() => {
  globalThis.violations = [];
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    globalThis.violations.push(`${violatedDirective} ${blockedURI}`);
  });
});

test('markup in any field of a link is text wherever it is shown', { timeout: 60_000 }, () => withPlayground(
  async (playground) => {
    const { page, context } = playground;
    await watchViolations(context);
    await page.goto('about:blank');
    await playground.open(`${SITE}#${hostileLink()}`);
    await assertUntouched(page);
    assert.equal(await playground.runToEnd(), 'FAILED');
    for (const type of ['PassStateExited', 'ChoiceStateEntered', 'LambdaFunctionFailed', 'ExecutionFailed']) {
      await playground.event(type).first().click();
      await playground.region('Inspector').getByText(type).first().waitFor();
      await assertUntouched(page);
    }
    await playground.region('Diagram').getByRole('tab', { name: 'Outline' }).click();
    await playground.region('Diagram').getByRole('tree').waitFor();
    await assertUntouched(page);
    await playground.setDefinition(MARKUP);
    await playground.region('Definition').getByRole('list', { name: 'Problems' }).waitFor();
    await assertUntouched(page);
  },
));

test('an exported picture holds drawing and text, and nothing that runs or loads', { timeout: 60_000 }, () => withPlayground(
  async (playground) => {
    await playground.runToEnd();
    const { text } = await playground.saveDiagram('SVG');
    const found = await playground.page.evaluate((text) => {
      const picture = new DOMParser().parseFromString(text, 'image/svg+xml');
      const all = [...picture.querySelectorAll('*')];
      return {
        error: picture.querySelector('parsererror')?.textContent ?? null,
        elements: [...new Set(all.map(({ localName }) => localName))].sort(),
        namespaces: [...new Set(all.map(({ namespaceURI }) => namespaceURI))],
        attributes: [...new Set(all.flatMap((element) => element.getAttributeNames()))].sort(),
        style: [...picture.querySelectorAll('style')].map(({ textContent }) => textContent).join('\n'),
      };
    }, text);
    assert.equal(found.error, null);
    assert.deepEqual(found.namespaces, ['http://www.w3.org/2000/svg']);
    const drawing = ['svg', 'title', 'desc', 'style', 'defs', 'marker', 'pattern', 'clipPath', 'g', 'path', 'rect', 'circle',
      'line', 'polyline', 'polygon', 'text', 'tspan'];
    assert.deepEqual(found.elements.filter((name) => !drawing.includes(name)), []);
    assert.deepEqual(found.attributes.filter((name) => name.startsWith('on') || /href|src/.test(name)), []);
    assert.doesNotMatch(found.style, /@import|url\((?!#)|expression|javascript:/i);
  },
  { url: `${SITE}#${hostileLink()}` },
));

test('members called __proto__ and constructor are data', () => withPlayground(async (playground) => {
  assert.equal(await playground.runToEnd(), 'SUCCEEDED');
  await playground.event('ExecutionSucceeded').click();
  await playground.region('Inspector').getByText('polluted').first().waitFor();
  assert.equal(await playground.page.evaluate(() => ({}).polluted), undefined);
  // The driver of Firefox does not look into Workers.
  if (IS_FIREFOX) return;
  const inWorker = playground.page.workers()[0];
  assert.equal(await inWorker.evaluate(() => ({}).polluted), undefined);
}, {
  url: `${SITE}#${fragmentOf({
    asl: ONE_FUNCTION,
    input: '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}',
    mocks: [{ match: { resource: '*:function:Charge' }, steps: [{ returnText: '{"__proto__": {"polluted": true}}' }] }],
  })}`,
}));

test('a link too deep, too large or damaged is refused in words, and the page works on', { timeout: 60_000 }, () => withPlayground(
  async (playground) => {
    const deep = '['.repeat(200_000);
    for (const fragment of [
      fragmentOf({ asl: deep.slice(0, 60_000) }),
      `v1.j.${'A'.repeat(140_000)}.00000000`,
      `${fragmentOf({ asl: HELLO }).slice(0, -3)}`,
      'v1.j.AAAA.00000000',
      'v9.x.AAAA.00000000',
      `v1.j.${Buffer.from(deep).toString('base64url').slice(0, 100_000)}.00000000`,
    ]) {
      await playground.page.goto('about:blank');
      await playground.open(`${SITE}#${fragment}`);
    }
    await playground.page.goto('about:blank');
    await playground.open(`${SITE}#${fragmentOf({ asl: HELLO })}`);
    assert.equal(await playground.runToEnd(), 'SUCCEEDED');
  },
));

test('a machine that goes round for ever ends as in the service, and the page works on', { timeout: 60_000 }, () => withPlayground(
  async (playground) => {
    assert.equal(await playground.runToEnd(), 'FAILED');
    await playground.page.getByText(/25[,.]?000 events/).first().waitFor();
  },
  {
    url: `${SITE}#${fragmentOf({ asl: JSON.stringify({
      StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Choice', Choices: [{ Variable: '$', IsPresent: true, Next: 'A' }], Default: 'C' }, C: { Type: 'Succeed' } },
    }) })}`,
  },
));

test('an embed touches no storage, no cookie and no address', { timeout: 60_000 }, () => withDocsPage(
  pageWith(element('view="all" load="eager"', HELLO, 700)),
  async (docs) => {
    await docs.shown();
    await docs.frame.locator('.cm-content').first().click();
    await docs.page.keyboard.type(' ');
    await docs.run();
    await docs.finalStatus();
    const frame = await docs.frameHandle();
    const address = await frame.evaluate(() => location.href);
    // Longer than the page waits before it keeps a draft.
    await frame.evaluate(() => new Promise((done) => setTimeout(done, 600)));
    assert.deepEqual(await frame.evaluate(() => globalThis.touched), []);
    assert.equal(await frame.evaluate(() => location.href), address);
    assert.deepEqual(await docs.context.cookies(), []);
    assert.equal(await frame.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
  },
  {
    before: (docs) => docs.context.addInitScript(() => {
      globalThis.touched = [];
      const watch = (owner, name) => {
        const original = owner[name];
        owner[name] = function watched(...rest) {
          globalThis.touched.push(name);
          return original.apply(this, rest);
        };
      };
      for (const name of ['getItem', 'setItem', 'removeItem', 'clear', 'key']) watch(Storage.prototype, name);
      for (const name of ['pushState', 'replaceState']) watch(History.prototype, name);
      watch(IDBFactory.prototype, 'open');
      // Firefox keeps these two from frames of an opaque origin.
      if ('CacheStorage' in globalThis) watch(CacheStorage.prototype, 'open');
      if ('ServiceWorkerContainer' in globalThis) watch(ServiceWorkerContainer.prototype, 'register');
    }),
  },
));

/** A page around an embed with a stranger's frame beside it, which says what it is told to. */
const withStranger = (attributes) => ({
  '/': pageWith(`${element(`view="diagram" load="eager" ${attributes}`)}<iframe class="stranger" src="/stranger"></iframe>`),
  '/stranger': '<!doctype html><p>stranger</p>',
});

const JUNK = [
  null, 0, 'asl-playground:run', [], {}, { type: 'asl-playground:run', extra: 'x'.repeat(100_000) }, { type: 'asl-playground:eval', code: '1' },
  { type: 'asl-playground:seek', event: '1' }, { type: 'asl-playground:seek', event: -1 }, { type: { toString: 'run' } }, { t: 'asl-sandbox-ready' },
];

test('an embed obeys its parent only where that was asked for, and never a stranger', () => withDocsPage(
  withStranger(''),
  async (docs) => {
    await docs.shown();
    const say = (from, data) => from.evaluate((data) => {
      const target = top.document.querySelector('asl-playground').shadowRoot.querySelector('iframe').contentWindow;
      target.postMessage(data, '*');
    }, data);
    const parent = docs.page.mainFrame();
    const stranger = docs.page.frames().find((frame) => frame.url().endsWith('/stranger'));
    const hasRun = async () => (await docs.frame.getByRole('status').filter({ hasText: /[A-Z]/ }).count()) > 0;
    for (const data of [...JUNK, { type: 'asl-playground:run' }]) await say(parent, data);
    // A message of its own that it answers: what came before it has been looked at by then.
    const settle = () => docs.frameHandle().then((frame) => frame.evaluate(() => new Promise((done) => {
      addEventListener('message', done, { once: true });
      postMessage('settled', '*');
    })));
    await settle();
    assert.ok(!(await hasRun()), 'without allow-api nothing is obeyed');
    await docs.page.evaluate(() => {
      const playground = document.querySelector('asl-playground');
      const again = playground.cloneNode(true);
      again.setAttribute('allow-api', '');
      playground.replaceWith(again);
    });
    await docs.shown();
    for (const data of [...JUNK.filter((data) => data?.type !== 'asl-playground:run'), { type: 'asl-playground:run' }]) await say(stranger, data);
    await settle();
    assert.ok(!(await hasRun()), 'a stranger is not the parent');
    await docs.page.evaluate(() => document.querySelector('asl-playground').run());
    assert.equal(await docs.finalStatus(), 'SUCCEEDED');
  },
));

test('a page around an embed is told nothing of its content, and forged messages do not reach its listeners', () => withDocsPage(
  withStranger('height="auto" run="auto"'),
  async (docs) => {
    await docs.shown();
    await docs.finalStatus();
    const heard = await docs.page.evaluate(() => globalThis.heard);
    assert.deepEqual([...new Set(heard.map(({ type }) => type))].sort(), [
      'asl-playground:height', 'asl-playground:ready', 'asl-playground:run-finished',
    ]);
    assert.doesNotMatch(JSON.stringify(heard), /Hello|hello|Pass/);
    const stranger = docs.page.frames().find((frame) => frame.url().endsWith('/stranger'));
    const height = await docs.page.evaluate(() => document.querySelector('asl-playground').offsetHeight);
    await stranger.evaluate(() => {
      top.postMessage({ type: 'asl-playground:height', height: 9999 }, '*');
      top.postMessage({ type: 'asl-playground:error', message: 'gone' }, '*');
    });
    await docs.page.waitForFunction(() => globalThis.heard.some(({ message }) => message === 'gone'));
    assert.equal(await docs.page.evaluate(() => document.querySelector('asl-playground').offsetHeight), height);
    assert.equal(await docs.page.locator('asl-playground[data-open]').count(), 1);
  },
  {
    before: (docs) => docs.page.addInitScript(() => {
      globalThis.heard = [];
      if (self === top) addEventListener('message', ({ data }) => globalThis.heard.push(data));
    }),
  },
));

test('an embed asks before it runs the JavaScript that came with the page around', () => withDocsPage(
  pageWith(`<asl-playground view="diagram" load="eager" run="auto" style="display:block;height:420px"><pre>${ONE_FUNCTION}</pre>
    <script type="application/json" data-part="mocks">[{"match":{"resource":"*:function:Charge"},"js":"() => 1"}]</script></asl-playground>`),
  async (docs) => {
    await docs.shown();
    const sandboxes = async () => (await docs.frameHandle()).locator(SANDBOX_FRAME).count();
    assert.equal(await sandboxes(), 0);
    await docs.run();
    await docs.frame.getByRole('group', { name: 'JavaScript from this page' }).waitFor();
    assert.equal(await sandboxes(), 0);
    await docs.frame.getByRole('button', { name: 'Run them' }).click();
    assert.equal(await docs.finalStatus(), 'SUCCEEDED');
  },
));

/** Every address in what is shipped that names a host. */
const HOST = /\b(?:https?:)?\/\/([a-z0-9.-]+\.[a-z]{2,})/gi;
/** Names of vocabularies, which nothing fetches; where errors point to for reading; and what definitions of AWS name. */
const NAMES_ONLY = /(^|\.)(w3\.org|yew\.rs|rust-lang\.org|github\.com|docs\.rs|states-language\.net|amazonaws\.com|example\.(com|org)|codemirror\.net|mozilla\.org|jsonata\.org)$/i;

/** Where gists come from: the one script that fetches them names these, and the policy of the page allows them. */
const GIST_HOSTS = ['api.github.com', 'gist.githubusercontent.com'];
const GISTS = GIST_HOSTS.map((host) => ` https://${host}`).join('');

test('nothing that ships names a foreign host to load from', () => {
  const files = readdirSync(DIST, { recursive: true }).filter((name) => /\.(html|js|css|webmanifest)$/.test(name));
  assert.ok(files.length > 5);
  for (const name of files) {
    const text = readFileSync(join(DIST, name), 'utf8');
    const hosts = [...text.matchAll(HOST)].map(([, host]) => host).filter((host) => !NAMES_ONLY.test(host));
    const mayFetchGists = /^(gist-.*\.js|index\.html)$/.test(name);
    assert.deepEqual(hosts.filter((host) => !mayFetchGists || !GIST_HOSTS.includes(host)), [], name);
    const loads = [...text.matchAll(/(?:src|href|import\(|fetch\()\s*=?\s*["'`]https?:/gi)];
    assert.deepEqual(loads.map(([found]) => found), [], name);
  }
  for (const page of ['index.html', 'embed.html']) {
    const whole = /Content-Security-Policy" content="([^"]*)"/.exec(readFileSync(join(DIST, page), 'utf8'))[1];
    const policy = whole.replace(`connect-src 'self'${GISTS};`, "connect-src 'self';");
    assert.equal(policy !== whole, page === 'index.html', 'gists are for the page, not for embeds');
    assert.doesNotMatch(policy, /unsafe-eval'(?<!wasm-unsafe-eval')|https?:|\*/);
    assert.doesNotMatch(policy.match(/script-src [^;]*/)[0], /unsafe-inline|data:|blob:/);
  }
});

test('a whole visit asks no other host than its own', () => withPlayground(async (playground) => {
  const hosts = new Set();
  playground.page.on('request', (request) => hosts.add(new URL(request.url()).origin));
  await playground.page.reload();
  await playground.page.locator('[data-ready="true"]').waitFor({ state: 'attached' });
  await playground.runToEnd();
  hosts.delete('null');
  assert.deepEqual([...hosts].filter((origin) => !origin.startsWith('blob:')), [new URL(SITE).origin]);
}));
