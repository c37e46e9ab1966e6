// Builds everything that is JavaScript: `node web/js/build.mjs`, after `npm ci` in `web`. The result is in
// `web/js/build/site`, under names that carry a hash of their content; `finish.mjs` puts it into the site that Trunk
// builds. `manifest.json` beside it says which name is what.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const output = join(here, 'build');
const site = join(output, 'site');

/** What current browsers of 2023 understand; older ones lack module Workers or WebAssembly features anyway. */
const common = { bundle: true, minify: true, format: 'esm', target: 'es2022', legalComments: 'none', absWorkingDir: here };

/** Builds one or several entries with hashed names; returns the file names by the name of the entry. */
async function bundle(entryPoints) {
  const result = await build({
    ...common,
    entryPoints,
    outdir: site,
    splitting: true,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    metafile: true,
  });
  const names = Object.entries(result.metafile.outputs)
    .filter(([, { entryPoint }]) => entryPoint !== undefined)
    .map(([path, { entryPoint }]) => [entryPoint, basename(path)]);
  return Object.fromEntries(names);
}

/** Returns the text of one self-contained script. */
async function script(entryPoint, define = {}) {
  const result = await build({ ...common, entryPoints: [entryPoint], format: 'iife', define, write: false });
  return result.outputFiles[0].text.trim();
}

/** Returns the sandbox page: one inline script, which contains the Worker's script as a string. */
async function sandboxPage() {
  const harness = await script('sandbox/harness/index.js');
  // `<` must not close the script element; the rest of a JSON string is a JavaScript string.
  const quoted = JSON.stringify(harness).replaceAll('<', '\\u003c');
  const frame = (await script('sandbox/frame.js')).replace('HARNESS', () => quoted);
  return readFileSync(join(here, 'sandbox/sandbox.html'), 'utf8')
    .replace('{{csp}}', () => sandboxPolicy(frame))
    .replace('{{frame}}', () => frame);
}

/** The frame's script may run, by its hash, and scripts from `blob:`; nothing may be fetched from anywhere. */
function sandboxPolicy(frame) {
  const hash = createHash('sha256').update(frame).digest('base64');
  const nothing = ['connect', 'img', 'style', 'font', 'media', 'object', 'frame'].map((kind) => `${kind}-src 'none'`);
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}' blob:`,
    'worker-src blob:',
    ...nothing,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function writeHashed(name, extension, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 8);
  const fileName = `${name}-${hash}.${extension}`;
  writeFileSync(join(site, fileName), content);
  return fileName;
}

rmSync(output, { recursive: true, force: true });
mkdirSync(site, { recursive: true });
const modules = await bundle({ editor: 'src/editor/index.js', boot: 'src/boot.js', worker: 'src/worker.js' });
const manifest = {
  boot: modules['src/boot.js'],
  editor: modules['src/editor/index.js'],
  worker: modules['src/worker.js'],
  sandbox: writeHashed('sandbox', 'html', await sandboxPage()),
};
writeFileSync(join(output, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
