// Nothing that runs in the sandbox reaches the network. The policy alone must see to that, so the battery runs without the
// harness; and a control without the policy must reach the server, or the test would prove nothing.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import test from 'node:test';
import { withPage } from './harness.mjs';

const BATTERY = readFileSync(new URL('network-battery.js', import.meta.url), 'utf8');

/** The frame starts the battery as the real one starts the harness, and passes the port on. */
const frameScript = (battery) => `
  addEventListener('message', ({ ports }) => {
    const worker = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(battery)}], { type: 'text/javascript' })));
    worker.postMessage(0, [ports[0]]);
  });`;

function framePage(battery, policy) {
  const script = frameScript(battery);
  const hash = createHash('sha256').update(script).digest('base64');
  const sealed = policy?.replace(/'sha256-[^']*'/, `'sha256-${hash}'`);
  const meta = sealed === undefined ? '' : `<meta http-equiv="Content-Security-Policy" content="${sealed}">`;
  return `<!doctype html><html><head><meta charset="utf-8">${meta}</head><body><script>${script}</script></body></html>`;
}

const PARENT = '<!doctype html><iframe sandbox="allow-scripts" src="/frame"></iframe>';

/** Serves the frame and a page around it, and counts what reaches `/leak`. */
async function withServer(pageOf, use) {
  const hits = [];
  const server = createServer((request, response) => {
    if (request.url.startsWith('/leak')) hits.push(request.url);
    const pages = { '/': () => PARENT, '/frame': () => pageOf(`http://127.0.0.1:${server.address().port}`) };
    const page = pages[request.url];
    response.writeHead(200, { 'content-type': page === undefined ? 'text/javascript' : 'text/html' });
    response.end(page?.() ?? '');
  });
  server.on('upgrade', (request, socket) => {
    hits.push(request.url);
    socket.destroy();
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  try {
    await use(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
  return hits;
}

/** Runs the battery in a sandboxed frame under a policy; returns what reached the server. */
async function leaks(page, policy) {
  const pageOf = (host) => framePage(BATTERY.replace('{HOST}', host), policy);
  return withServer(pageOf, async (parent) => {
    await page.goto(parent);
    await page.evaluate(
      () =>
        new Promise((done) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = done;
          document.querySelector('iframe').contentWindow.postMessage(0, '*', [port2]);
        }),
    );
  });
}

test('nothing in the sandbox reaches the network, and without its policy much would', { timeout: 60_000 }, async () => {
  await withPage(async (page, site) => {
    const sandbox = await page.evaluate(() => document.querySelector('script[data-sandbox]').dataset.sandbox);
    const html = await (await fetch(new URL(sandbox, site))).text();
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)[1];
    assert.deepEqual(await leaks(page, policy), []);
    assert.ok((await leaks(page, undefined)).length >= 8, 'the control must reach the server');
  });
});
