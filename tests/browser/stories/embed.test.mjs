// A page of documentation holds a state machine: readers see it without waiting, run it where it stands, and nothing of
// the page around is disturbed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seriousViolations } from '../support/axe.mjs';
import { element, HELLO, pageWith, withDocsPage } from '../support/docs_page.mjs';
import { SITE } from '../support/playground.mjs';

const loaded = (docs, pattern) => docs.requests.filter((url) => pattern.test(url));

/** Sums the layout shifts of the page from its beginning. */
const watchShifts = (docs) => docs.page.addInitScript(() => {
  globalThis.shifts = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) globalThis.shifts += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
});

test('before it is in sight an embed costs one small script, and its content can be read', () => withDocsPage(
  pageWith(element(), { above: 3000 }),
  async (docs) => {
    await docs.page.waitForFunction(() => customElements.get('asl-playground') !== undefined);
    assert.deepEqual(loaded(docs, /\.wasm|embed\.html/), []);
    const scripts = loaded(docs, /\.js($|\?)/);
    assert.deepEqual(scripts, [`${SITE}embed/v1.js`]);
    assert.match(await docs.page.locator('asl-playground pre').innerText(), /"StartAt": "Hello"/);
    await docs.scrollToElement();
    await docs.shown();
    assert.ok(await docs.frame.locator('[data-state="Hello"]').isVisible());
  },
));

test('nothing on the page moves while the playground arrives', () => withDocsPage(
  pageWith(element('load="eager"')),
  async (docs) => {
    await docs.shown();
    await docs.run();
    await docs.finalStatus();
    assert.equal(await docs.page.evaluate(() => globalThis.shifts), 0);
    assert.equal((await docs.element.boundingBox()).height, 420);
  },
  { before: watchShifts },
));

test('without script the definition stays readable', () => withDocsPage(
  pageWith(element()),
  async (docs) => {
    assert.ok(await docs.page.locator('asl-playground pre').isVisible());
    assert.match(await docs.page.locator('asl-playground pre').innerText(), /Says hello/);
  },
  { context: { javaScriptEnabled: false } },
));

test('a click loads, runs, and tells the page', () => withDocsPage(
  pageWith(element('load="click" view="diagram" label="Hello"')),
  async (docs) => {
    assert.deepEqual(loaded(docs, /\.wasm/), []);
    await docs.page.evaluate(() => {
      globalThis.told = [];
      const playground = document.querySelector('asl-playground');
      for (const type of ['ready', 'run-finished', 'error']) {
        playground.addEventListener(type, ({ detail }) => globalThis.told.push([type, detail]));
      }
    });
    await docs.page.getByRole('button', { name: 'Run' }).click();
    assert.equal(await docs.finalStatus(), 'SUCCEEDED');
    await docs.page.waitForFunction(() => globalThis.told.length >= 2);
    assert.deepEqual(await docs.page.evaluate(() => globalThis.told), [
      ['ready', null],
      ['run-finished', { status: 'SUCCEEDED', events: 4 }],
    ]);
    assert.equal(await docs.page.locator('asl-playground iframe').getAttribute('title'), 'Hello');
  },
));

const VIEWS = {
  diagram: { region: ['Diagram'], noEditor: true },
  editor: { region: ['Definition'] },
  split: { region: ['Definition', 'Diagram'] },
  log: { region: ['Execution log'], noEditor: true },
  run: { region: [], noEditor: true },
  all: { region: ['Definition', 'Mocks', 'Diagram', 'Execution log'] },
};

for (const [view, { region, noEditor }] of Object.entries(VIEWS)) {
  test(`view="${view}" shows what it says, runs, and leads to the playground`, () => withDocsPage(
    pageWith(element(`view="${view}" load="eager"`, HELLO, view === 'all' ? 700 : 420)),
    async (docs) => {
      await docs.shown();
      for (const name of ['Definition', 'Mocks', 'Diagram', 'Execution log']) {
        const shown = await docs.frame.getByRole('region', { name, exact: true }).count();
        assert.equal(shown, region.includes(name) ? 1 : 0, `region ${name}`);
      }
      if (noEditor) assert.deepEqual(loaded(docs, /\/editor-.*\.js$/), [], 'no editor is loaded for it');
      await docs.run();
      assert.equal(await docs.finalStatus(), 'SUCCEEDED');
      if (view === 'run') assert.equal(await docs.frame.getByLabel('Result').innerText(), '"hello"');
      const link = await docs.frame.getByRole('link', { name: 'Open in playground' }).getAttribute('href');
      assert.ok(link.startsWith(`${SITE}#v1.`), link);
    },
  ));
}

test('open in playground takes along what was edited', () => withDocsPage(
  pageWith(element('view="editor" load="eager"')),
  async (docs) => {
    await docs.shown();
    await docs.frame.locator('.cm-content').first().click();
    await docs.page.keyboard.press('ControlOrMeta+A');
    await docs.page.keyboard.insertText(HELLO.replaceAll('Hello', 'Edited'));
    const [popup] = await Promise.all([
      docs.context.waitForEvent('page'),
      docs.frame.getByRole('link', { name: 'Open in playground' }).click(),
    ]);
    await popup.locator('[data-ready="true"]').waitFor({ state: 'attached' });
    await popup.locator('[data-state="Edited"]').waitFor();
    assert.equal(await popup.evaluate(() => opener), null);
  },
));

test('the element itself leads to the playground before it is loaded', () => withDocsPage(
  pageWith(element('load="click"')),
  async (docs) => {
    const [popup] = await Promise.all([
      docs.context.waitForEvent('page'),
      docs.page.getByRole('link', { name: 'Open in playground' }).click(),
    ]);
    await popup.locator('[data-state="Hello"]').waitFor();
  },
));

test('the wheel scrolls the page around until the embed was clicked', () => withDocsPage(
  pageWith(element('view="diagram" load="eager"')),
  async (docs) => {
    await docs.shown();
    const frame = await docs.frameHandle();
    const middle = async () => {
      const box = await docs.element.boundingBox();
      return [box.x + 60, box.y + 60];
    };
    await docs.page.mouse.move(...(await middle()));
    await docs.page.mouse.wheel(0, 90);
    await docs.page.waitForFunction(() => scrollY > 0);
    const scrolled = await docs.page.evaluate(() => scrollY);
    const picture = () => docs.frame.locator('.diagram').innerHTML();
    const before = await picture();
    await docs.page.mouse.click(...(await middle()));
    assert.ok(await frame.evaluate(() => document.hasFocus()), 'a click gives the embed the focus');
    await docs.page.mouse.wheel(0, 60);
    while ((await picture()) === before) await frame.evaluate(() => new Promise(requestAnimationFrame));
    assert.equal(await docs.page.evaluate(() => scrollY), scrolled);
  },
));

test('the keyboard passes through, and Escape then Tab leaves the editor after an edit', () => withDocsPage(
  pageWith(element('view="editor" load="eager"')),
  async (docs) => {
    await docs.shown();
    assert.equal(await docs.page.evaluate(() => document.activeElement.tagName), 'BODY', 'the embed took the focus');
    await docs.frame.locator('.cm-content').first().click();
    await docs.page.keyboard.type(' ');
    const inEditor = async () => (await docs.frameHandle()).evaluate(() => document.activeElement.closest('.cm-editor') !== null);
    await docs.page.keyboard.press('Tab');
    assert.ok(await inEditor(), 'Tab indents after an edit');
    await docs.page.keyboard.press('Escape');
    await docs.page.keyboard.press('Tab');
    assert.ok(!(await inEditor()), 'Escape then Tab leaves');
  },
));

test('a read-only embed refuses edits and still runs', () => withDocsPage(
  pageWith(element('view="editor" readonly load="eager"')),
  async (docs) => {
    await docs.shown();
    await docs.frame.locator('.cm-content').first().click();
    await docs.page.keyboard.type('nonsense');
    assert.doesNotMatch(await docs.frame.locator('.cm-content').first().innerText(), /nonsense/);
    await docs.run();
    assert.equal(await docs.finalStatus(), 'SUCCEEDED');
  },
));

test('run="auto" runs data mocks by itself, and a link may name the event to look at', () => withDocsPage(
  pageWith(element('view="log" run="auto" event="2" load="eager"')),
  async (docs) => {
    await docs.shown();
    assert.equal(await docs.finalStatus(), 'SUCCEEDED');
    await docs.frame.locator('[data-event-id="2"][aria-selected="true"]').waitFor();
  },
));

test('height="auto" follows what the embed shows', () => withDocsPage(
  pageWith('<asl-playground view="log" height="auto" load="eager"><pre>' + HELLO + '</pre></asl-playground>'),
  async (docs) => {
    await docs.shown();
    const height = async () => (await docs.element.boundingBox()).height;
    await docs.page.waitForFunction(() => document.querySelector('asl-playground').offsetHeight < 300);
    assert.ok((await height()) >= 96);
  },
));

test('a narrow embed shows diagram or code, by a switch', () => withDocsPage(
  pageWith(element('view="split" load="eager"')),
  async (docs) => {
    await docs.shown();
    const visible = (name) => docs.frame.getByRole('region', { name, exact: true }).isVisible();
    assert.deepEqual([await visible('Diagram'), await visible('Definition')], [true, false]);
    await docs.frame.getByRole('tab', { name: 'Code' }).click();
    assert.deepEqual([await visible('Diagram'), await visible('Definition')], [false, true]);
  },
  { context: { viewport: { width: 390, height: 844 } } },
));

test('a plain frame does the same without the element', () => withDocsPage(
  pageWith(
    `<iframe class="plain" src="${SITE}embed.html?view=diagram&amp;theme=dark#example/choice" title="Choice" loading="lazy"
      referrerpolicy="no-referrer" allow="clipboard-write" style="width:100%;height:420px;border:0"></iframe>`,
    { head: '' },
  ),
  async (docs) => {
    await docs.ready();
    await docs.run();
    assert.match(await docs.finalStatus(), /SUCCEEDED|FAILED/);
    const frame = await docs.frameHandle();
    assert.equal(await frame.evaluate(() => document.documentElement.dataset.theme), 'dark');
  },
));

test('content comes from a file beside the page, or from a link', () => withDocsPage(
  {
    '/': pageWith(`${element('src="order.asl.json" view="diagram" load="eager"', 'The order machine.')}`),
    '/order.asl.json': HELLO.replaceAll('Hello', 'Order'),
  },
  async (docs) => {
    await docs.shown();
    await docs.frame.locator('[data-state="Order"]').waitFor();
    await docs.page.evaluate(() => {
      const link = document.createElement('asl-playground');
      link.setAttribute('link', 'https://elsewhere.example/#example/choice');
      link.setAttribute('load', 'eager');
      link.setAttribute('view', 'diagram');
      document.querySelector('asl-playground').replaceWith(link);
    });
    await docs.shown();
    assert.ok((await docs.frame.locator('[data-state]').count()) > 3);
  },
));

test('where the playground cannot be had, the content stays and says so', () => withDocsPage(
  {
    '/': pageWith(element('src="missing.json" load="eager"', HELLO)),
  },
  async (docs) => {
    await docs.page.getByText('The playground could not be loaded here.').waitFor();
    assert.ok(await docs.page.locator('asl-playground pre').isVisible());
    docs.pageErrors.length = 0;
  },
));

for (const colorScheme of ['light', 'dark']) {
  test(`no serious violation inside an embed, ${colorScheme}`, () => withDocsPage(
    pageWith(element('load="eager" view="all"')),
    async (docs) => {
      await docs.shown();
      assert.deepEqual(await seriousViolations(await docs.frameHandle()), []);
      await docs.run();
      await docs.finalStatus();
      assert.deepEqual(await seriousViolations(await docs.frameHandle()), []);
    },
    { context: { colorScheme, reducedMotion: 'reduce' } },
  ));
}
