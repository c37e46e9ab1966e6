// Small servers for stories: pages of other origins, and copies of the site under paths of their own.

import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built site. */
export const DIST = process.env.DIST ?? fileURLToPath(new URL('../../../dist', import.meta.url));

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.wasm': 'application/wasm', '.css': 'text/css',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.json': 'application/json', '.webmanifest': 'application/manifest+json',
};

/** Serves until `use` is over. `answer(path)` returns `{ body, type?, headers?, status? }`, or nothing for 404. */
export async function withServer(answer, use) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    // Browsers ask for it of their own.
    const found = (await answer(path, request)) ?? (path === '/favicon.ico' ? { body: '', status: 204 } : undefined);
    if (found === undefined) return response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
    const type = found.type ?? 'text/html; charset=utf-8';
    response.writeHead(found.status ?? 200, { 'content-type': type, 'cache-control': 'no-cache', ...found.headers });
    if (found.file === undefined) response.end(found.body);
    else createReadStream(found.file).pipe(response);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const stop = () => new Promise((done) => {
    server.closeAllConnections();
    server.close(done);
  });
  try {
    return await use(`http://127.0.0.1:${server.address().port}/`, stop);
  } finally {
    await stop();
  }
}

/** Returns an `answer` for the files of a folder under a path, such as `/a/b/`; `headers` go with each. */
export function folder(path, root, headers = {}) {
  return (asked) => {
    if (!asked.startsWith(path)) return undefined;
    const name = normalize(asked.slice(path.length) || 'index.html');
    let file = join(root(), name);
    if (name.startsWith('..') || !existsSync(file)) return undefined;
    if (statSync(file).isDirectory()) file = join(file, 'index.html');
    return { file, type: TYPES[extname(file)] ?? 'application/octet-stream', headers };
  };
}

/** Returns an `answer` for pages by path. */
export const pages = (bodies) => (path) => (bodies[path] === undefined ? undefined : { body: bodies[path] });
