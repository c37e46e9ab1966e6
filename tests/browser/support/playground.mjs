// The page object: what a user sees and does, by the names that screen readers announce.
// Stories talk to this and never to class names, so that a redesign breaks no story.

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { after } from 'node:test';
import { downloadedFile, launchFirefox } from './firefox.mjs';

/** Where the built site is served; `cargo xtask test` sets it. */
export const SITE = process.env.SITE ?? 'http://127.0.0.1:8080/';

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** Whether the stories run in Firefox: `BROWSER=firefox`, with its executable in `FIREFOX`. */
export const IS_FIREFOX = process.env.BROWSER === 'firefox';

async function launch() {
  if (!IS_FIREFOX) {
    const { chromium } = await import('playwright-core');
    return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
  }
  return launchFirefox();
}

/** The browser of this file's stories: each has contexts of its own, which share nothing. */
let browser = null;
after(() => browser?.close());

/** Hands the browser to the story, and ends whatever that has opened in it. */
export async function withBrowser(story) {
  if (!browser?.isConnected()) browser = await launch();
  try {
    await story(browser);
  } finally {
    for (const context of browser.contexts()) await context.close();
  }
}

/** Opens a page, hands it to the story, and closes it whatever happens. */
export async function withPlayground(story, options = {}) {
  await withBrowser(async (browser) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options.context });
    const playground = new Playground(await context.newPage(), context);
    await playground.open(options.url);
    await story(playground);
    playground.assertNoPageErrors();
  });
}

export class Playground {
  constructor(page, context) {
    this.page = page;
    this.context = context;
    this.pageErrors = [];
    page.on('pageerror', (error) => this.pageErrors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.pageErrors.push(message.text());
    });
  }

  /** Opens the site and waits until the page is usable: the real editor and the diagram are there. */
  async open(url = SITE) {
    await this.page.goto(url);
    await this.page.locator('[data-ready="true"]').waitFor({ state: 'attached' });
  }

  assertNoPageErrors() {
    if (this.pageErrors.length > 0) throw new Error(`the page reported errors:\n${this.pageErrors.join('\n')}`);
  }

  region(name) {
    return this.page.getByRole('region', { name, exact: true });
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** The text of the editor in a region, as the user sees it. */
  async editorText(region) {
    const lines = this.region(region).locator('.cm-content').first().locator('.cm-line');
    return (await lines.allInnerTexts()).map((line) => line.replace(/\n$/, '')).join('\n');
  }

  /** Replaces the text of an editor by selecting all and typing over it. */
  async replaceEditorText(editor, text) {
    await editor.click();
    await this.page.keyboard.press('ControlOrMeta+A');
    if (!IS_FIREFOX) return this.page.keyboard.insertText(text);
    // Firefox's driver puts an empty line before inserted text of several lines.
    await this.page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
    await this.page.keyboard.press('ControlOrMeta+V');
  }

  async setDefinition(text) {
    await this.replaceEditorText(this.region('Definition').locator('.cm-content').first(), text);
  }

  /** Replaces the definition from the clipboard: typing half a megabyte takes a browser minutes. */
  async pasteDefinition(text) {
    const content = this.region('Definition').locator('.cm-content').first();
    if (IS_FIREFOX) return this.replaceEditorText(content, text);
    await content.click();
    await this.page.keyboard.press('ControlOrMeta+A');
    await content.evaluate((element, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  }

  async editDefinition(change) {
    await this.setDefinition(change(await this.editorText('Definition')));
  }

  /** Writes the execution input. */
  async setInput(text) {
    const definition = this.region('Definition');
    await definition.getByRole('tab', { name: 'Input', exact: true }).click();
    await this.replaceEditorText(definition.getByRole('textbox', { name: 'Execution input' }), text);
    await definition.getByRole('tab', { name: 'State machine', exact: true }).click();
  }

  press(key) {
    return this.page.keyboard.press(key);
  }

  type(text) {
    return this.page.keyboard.type(text);
  }

  /** Waits until the line that counts problems says this. */
  problemSummary(text) {
    return this.region('Definition').getByText(text).waitFor();
  }

  /** The text under the first squiggle. */
  underlined() {
    return this.region('Definition').locator('.cm-lintRange').first().innerText();
  }

  /** Where a part of the definition stands on the screen. */
  rectangleOf(text, from = 0) {
    const content = this.region('Definition').locator('.cm-content').first();
    return content.evaluate(async (element, { text, from }) => {
      const scroller = element.closest('.cm-scroller');
      const find = () => {
        const lines = [...element.querySelectorAll('.cm-line')];
        const [first, ...rest] = text.split('\n');
        const line = lines.find((line) => line.textContent.includes(first));
        if (line === undefined) throw new Error(`no line has ${first}`);
        const offset = line.textContent.indexOf(first) + first.length;
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        let left = rest.length > 0 ? line.textContent.length : offset + from;
        while (walker.nextNode() && left > walker.currentNode.data.length) left -= walker.currentNode.data.length;
        const range = document.createRange();
        range.setStart(walker.currentNode, left);
        range.collapse(true);
        return { line, range };
      };
      const { line, range } = find();
      line.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      // Long lines reach out of sight, and the gutter covers the start of those that were scrolled.
      const { left: start, right: end } = scroller.getBoundingClientRect();
      const at = range.getBoundingClientRect().left;
      if (at < start + 60 || at > end - 20) scroller.scrollLeft += at - (start + end) / 2;
      // No reader clicks before the editor has heard that it was scrolled, which it hears before the next frame. It may
      // draw its lines anew then.
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const { left: x, top, bottom } = find().range.getBoundingClientRect();
      return { x, y: (top + bottom) / 2 };
    }, { text, from });
  }

  /** Puts the caret right behind the first place that has this text, by the mouse. */
  async caretBehind(text) {
    const { x, y } = await this.rectangleOf(text);
    await this.page.mouse.click(x, y);
  }

  /** Points at the middle of a word. */
  async pointAt(word) {
    const { x, y } = await this.rectangleOf(word, -Math.floor(word.length / 2));
    await this.page.mouse.move(x, y);
  }

  async clickText(text, modifiers) {
    const { x, y } = await this.rectangleOf(text, -2);
    for (const key of modifiers) await this.page.keyboard.down(key);
    await this.page.mouse.click(x, y);
    for (const key of modifiers) await this.page.keyboard.up(key);
  }

  /** Asks for proposals at the caret. */
  async openProposals() {
    await this.press('Control+Space');
    const list = this.page.getByRole('listbox');
    await list.waitFor();
    return list;
  }

  /** The labels that the editor proposes at the caret. */
  async proposals() {
    const list = await this.openProposals();
    const labels = await list.locator('.cm-completionLabel').allInnerTexts();
    await this.press('Escape');
    await list.waitFor({ state: 'detached' });
    return labels;
  }

  /** Takes a proposal. */
  async propose(label) {
    const list = await this.openProposals();
    await list.getByRole('option').filter({ hasText: label }).first().click();
  }

  /** The help that is shown beside the text. */
  async help() {
    const help = this.region('Definition').locator('.cm-aslHelp');
    await help.waitFor();
    return help.innerText();
  }

  /** Waits until the editor has the keyboard and its caret is in a line that begins like this. */
  async caretIsInLine(start) {
    const content = this.region('Definition').locator('.cm-content').first();
    await this.page.waitForFunction(
      ({ element, start }) =>
        document.activeElement === element &&
        element.querySelector('.cm-activeLine')?.textContent.trim().startsWith(start),
      { element: await content.elementHandle(), start },
    );
  }

  /** Waits until the definition reads like this. */
  async editorShows(text) {
    const deadline = Date.now() + 5000;
    while ((await this.editorText('Definition')) !== text) {
      if (Date.now() > deadline) throw new Error(`the definition is\n${await this.editorText('Definition')}`);
      await this.page.evaluate(() => new Promise(requestAnimationFrame));
    }
  }

  /** Writes the JavaScript mock of a function. */
  async setMockJavaScript(name, code) {
    const mocks = this.region('Mocks');
    await mocks.getByRole('tab', { name: new RegExp(`^${name}\\b`) }).click();
    await mocks.getByRole('tab', { name: 'JavaScript', exact: true }).click();
    await this.replaceEditorText(mocks.locator('.cm-content').first(), code);
  }

  async chooseRealTime() {
    await this.page.getByLabel('Speed', { exact: true }).selectOption('real');
  }

  async run() {
    await this.button('Run').click();
  }

  /** Runs, and returns the status the execution ended with. */
  async runToEnd() {
    await this.run();
    return this.finalStatus();
  }

  async finalStatus() {
    const status = this.page.getByRole('status').filter({ hasText: /SUCCEEDED|FAILED|TIMED_OUT|ABORTED/ }).first();
    await status.waitFor({ timeout: 20_000 });
    return (await status.innerText()).match(/SUCCEEDED|FAILED|TIMED_OUT|ABORTED/)[0];
  }

  /** The types of the events in the log, in order. Scrolls through the whole log, since it draws only what is seen. */
  async eventTypes() {
    const seen = new Map();
    const log = this.region('Execution log');
    const scroller = log.locator('[data-log-scroller]');
    await scroller.evaluate((element) => element.scrollTo({ top: 0 }));
    for (;;) {
      await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      for (const row of await log.locator('[data-event-id]').all()) {
        seen.set(Number(await row.getAttribute('data-event-id')), await row.getAttribute('data-event-type'));
      }
      const atEnd = await scroller.evaluate((element) => {
        const end = element.scrollTop + element.clientHeight >= element.scrollHeight - 1;
        element.scrollBy({ top: element.clientHeight / 2 });
        return end;
      });
      if (atEnd) break;
    }
    return [...seen].sort(([a], [b]) => a - b).map(([, type]) => type);
  }

  /** Drops a file onto the page. */
  async dropFile(name, text) {
    const transfer = await this.page.evaluateHandle(([name, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], name));
      return transfer;
    }, [name, text]);
    const target = this.page.locator('main').first();
    await target.dispatchEvent('dragover', { dataTransfer: transfer });
    await target.dispatchEvent('drop', { dataTransfer: transfer });
  }

  /** A chip of the log's filter. */
  chip(name) {
    return this.page.getByRole('group', { name: 'Kinds of events' }).getByRole('button', { name, exact: true });
  }

  async filterLog(text) {
    await this.page.getByRole('searchbox', { name: 'Filter the log' }).fill(text);
  }

  /** Waits until the log says how many of its rows pass the filter. */
  async logCount(text) {
    const passes = ([source, isExpression]) => {
      const count = document.querySelector('.log-count')?.textContent ?? '';
      return isExpression ? new RegExp(source).test(count) : count === source;
    };
    const wanted = text instanceof RegExp ? [text.source, true] : [text, false];
    await this.page.waitForFunction(passes, wanted, { timeout: 10_000 }).catch(async () => {
      throw new Error(`the log counts ${await this.page.locator('.log-count').textContent()}, not ${text}`);
    });
  }

  /** How long the engine took to filter the log, in milliseconds. */
  async filterTookMs() {
    return Number(await this.page.locator('.log-count').getAttribute('data-took-us')) / 1000;
  }

  event(type) {
    return this.region('Execution log').locator(`[data-event-type="${type}"]`);
  }

  /** Opens an example by the start of its title. */
  async openExample(title) {
    await this.page.getByRole('button', { name: /^Examples: / }).click();
    await this.page.getByRole('menuitem', { name: new RegExp(`^${title}`) }).click();
  }

  /** Presses a button of the diagram's export menu. */
  async chooseExport(name) {
    await this.button('Export').click();
    await this.button(name).click();
  }

  /** Does what makes the browser save a file, and returns the file's name and content. */
  async download(action) {
    const saved = IS_FIREFOX ? await downloadedFile(action) : await this.#downloadEvent(action);
    const bytes = await readFile(saved.path);
    return { name: saved.name ?? basename(saved.path), bytes, text: bytes.toString('utf8') };
  }

  async #downloadEvent(action) {
    const [download] = await Promise.all([this.page.waitForEvent('download'), action()]);
    return { name: download.suggestedFilename(), path: await download.path() };
  }

  /** Saves the diagram, and returns the file's name and content. */
  saveDiagram(format) {
    return this.download(() => this.chooseExport(`Save ${format}`));
  }

  clipboardText() {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Moves the keyboard to a state of the diagram. */
  async focusNode(state) {
    await this.node(state).getByRole('button', { name: new RegExp(`^${state}`) }).first().focus();
  }

  /** The accessible name of what has the focus. */
  focusedName() {
    return this.page.evaluate(async () => {
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return document.activeElement?.getAttribute('aria-label') ?? '';
    });
  }

  node(state) {
    return this.region('Diagram').locator(`[data-state="${state}"]`);
  }
}
