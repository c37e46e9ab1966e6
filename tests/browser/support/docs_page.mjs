// A page of documentation around an embedded playground, as the stories see it.

import { SITE, withBrowser } from './playground.mjs';
import { folder, pages, withServer } from './server.mjs';

export const HELLO = `{
  "Comment": "Says hello",
  "StartAt": "Hello",
  "States": {
    "Hello": { "Type": "Pass", "Result": "hello", "End": true }
  }
}`;

export const script = `<script async src="${SITE}embed/v1.js"></script>`;

/** Returns the page's markup around an element with attributes and content; text above and below makes it scroll. */
export function pageWith(embed, { above = 200, below = 1200, head = script } = {}) {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Docs</title>
<meta name="viewport" content="width=device-width, initial-scale=1">${head}</head>
<body style="margin:0 auto;max-width:760px;padding:0 16px"><main><h1>State machines</h1><div style="height:${above}px">Text above.</div>
${embed}<p id="after">Text below.</p><div style="height:${below}px"></div></main></body></html>`;
}

/** Returns an element as docs/embedding.md recommends to write it: with its height, so that nothing moves. */
export function element(attributes = '', content = HELLO, height = 420) {
  return `<asl-playground ${attributes} style="display:block;height:${height}px;overflow:auto"><pre>${content}</pre></asl-playground>`;
}

/** Opens a page of another origin than the playground's, and hands it to the story. `html` is its markup, or an object
 *  of markup by path whose `/` is opened. */
export async function withDocsPage(html, story, options = {}) {
  const bodies = typeof html === 'string' ? { '/': html } : html;
  const served = options.root === undefined ? pages(bodies) : folder('/', () => options.root);
  await withBrowser(async (browser) => {
    await withServer(served, async (address) => {
      const context = await browser.newContext({ viewport: { width: 1024, height: 800 }, ...options.context });
      const page = await context.newPage();
      const docs = new DocsPage(page, context, address);
      await options.before?.(docs);
      await page.goto(address + (options.path ?? ''));
      await story(docs);
      if (docs.pageErrors.length > 0) throw new Error(`the page reported errors:\n${docs.pageErrors.join('\n')}`);
    });
  });
}

export class DocsPage {
  constructor(page, context, address) {
    this.page = page;
    this.context = context;
    this.address = address;
    this.pageErrors = [];
    this.requests = [];
    page.on('pageerror', (error) => this.pageErrors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.pageErrors.push(message.text());
    });
    page.on('request', (request) => this.requests.push(request.url()));
  }

  get element() {
    return this.page.locator('asl-playground').first();
  }

  get frame() {
    return this.page.frameLocator('asl-playground iframe, iframe.plain').first();
  }

  /** The frame's own page, for what its script sees. */
  async frameHandle() {
    const handle = await this.page.locator('asl-playground iframe, iframe.plain').first().elementHandle();
    return handle.contentFrame();
  }

  async scrollToElement() {
    await this.element.scrollIntoViewIfNeeded();
  }

  /** Waits until the playground is there. */
  async ready() {
    await this.frame.locator('[data-ready="true"]').waitFor({ state: 'attached', timeout: 20_000 });
  }

  /** Waits until the element shows the playground in place of its content. */
  async shown() {
    await this.ready();
    await this.page.locator('asl-playground[data-open]').first().waitFor({ state: 'attached' });
  }

  async run() {
    await this.frame.getByRole('button', { name: 'Run', exact: true }).click();
  }

  async finalStatus() {
    const status = this.frame.getByRole('status').filter({ hasText: /SUCCEEDED|FAILED|TIMED_OUT|ABORTED/ }).first();
    await status.waitFor({ timeout: 20_000 });
    return (await status.innerText()).match(/SUCCEEDED|FAILED|TIMED_OUT|ABORTED/)[0];
  }
}
