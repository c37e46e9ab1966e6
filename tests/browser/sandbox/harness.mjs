// Talks to a mock sandbox as the engine does, from the page, without the engine in between.

/** Opens a sandbox in the page; `receive` and `close` work on it. Returns the harness's first message. */
export async function openSandbox(page) {
  await page.evaluate(() => {
    const { sandbox } = document.querySelector('script[data-sandbox]').dataset;
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.hidden = true;
    frame.src = sandbox;
    const { port1, port2 } = new MessageChannel();
    const messages = [];
    const readers = [];
    port1.onmessage = ({ data }) => (readers.length > 0 ? readers.shift()(data) : messages.push(data));
    const onReady = (event) => {
      if (event.source !== frame.contentWindow) return;
      removeEventListener('message', onReady);
      frame.contentWindow.postMessage({ t: 'asl-sandbox-start' }, '*', [port2]);
    };
    addEventListener('message', onReady);
    document.body.append(frame);
    const next = () => (messages.length > 0 ? Promise.resolve(messages.shift()) : new Promise((done) => readers.push(done)));
    globalThis.testSandbox = { frame, next, send: (message) => port1.postMessage(JSON.stringify(message)) };
  });
  return receive(page, 5000);
}

/** The next message as an object, or `{ t: 'TIMEOUT' }`. */
export async function receive(page, milliseconds) {
  const text = await page.evaluate(
    (limit) =>
      Promise.race([
        globalThis.testSandbox.next(),
        new Promise((done) => setTimeout(done, limit, '{"t":"TIMEOUT"}')),
      ]),
    milliseconds,
  );
  return JSON.parse(text);
}

export const send = (page, message) => page.evaluate((message) => globalThis.testSandbox.send(message), message);

export const closeSandbox = (page) => page.evaluate(() => globalThis.testSandbox.frame.remove());

/** Loads one mock and calls it once; returns the message that tells how that went. */
export async function tryMock(page, source, event = { n: 4 }) {
  await openSandbox(page);
  await send(page, { t: 'load', id: 0, name: 'Charge', src: source });
  let message = await receive(page, 1000);
  if (message.t === 'loaded') {
    const context = JSON.stringify({ state: 'Charge', retryCount: 0 });
    const now = Date.UTC(2026, 0, 1);
    await send(page, { t: 'call', n: 1, id: 0, now, seed: 1, input: JSON.stringify(event), ctx: context });
    message = await receive(page, 1000);
  }
  await closeSandbox(page);
  return message;
}

/** Opens the site in a browser of its own. */
export async function withPage(test) {
  const { chromium } = await import('playwright-core');
  const { SITE } = await import('../support/playground.mjs');
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });
  try {
    const page = await browser.newPage();
    await page.goto(SITE);
    await test(page, SITE);
  } finally {
    await browser.close();
  }
}
