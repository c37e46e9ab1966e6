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

/** Builds several entries with hashed names, what they share in chunks of its own; returns what was written. */
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
  return result.metafile.outputs;
}

/** Returns the path of an entry's bundle, and of everything it imports at once. */
function files(outputs, entryPoint) {
  const path = Object.keys(outputs).find((path) => outputs[path].entryPoint === entryPoint);
  const imports = outputs[path].imports.filter(({ kind }) => kind === 'import-statement');
  return [path, ...imports.map(({ path }) => path)].map((path) => basename(path));
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

/** Returns one stylesheet made of all. */
async function styles() {
  const result = await build({ ...common, entryPoints: ['../styles/index.css'], write: false });
  return result.outputFiles[0].text;
}

function writeHashed(name, extension, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 8);
  const fileName = `${name}-${hash}.${extension}`;
  writeFileSync(join(site, fileName), content);
  return fileName;
}

/** The icons of the installed application, drawn from `icon.svg` (see `web/icons/README.md`). */
const icon = (name) => writeHashed(name, 'png', readFileSync(join(here, `../icons/${name}.png`)));

rmSync(output, { recursive: true, force: true });
mkdirSync(join(site, 'embed'), { recursive: true });
const outputs = await bundle({
  editor: 'src/editor/index.js',
  boot: 'src/boot.js',
  worker: 'src/worker.js',
  'files-worker': 'src/files-worker.js',
});
const editor = files(outputs, 'src/editor/index.js');
const manifest = {
  boot: files(outputs, 'src/boot.js')[0],
  editor: editor[0],
  worker: files(outputs, 'src/worker.js')[0],
  filesWorker: files(outputs, 'src/files-worker.js')[0],
  styles: writeHashed('styles', 'css', await styles()),
  sandbox: writeHashed('sandbox', 'html', await sandboxPage()),
  icons: { small: icon('icon-192'), large: icon('icon-512'), maskable: icon('icon-maskable-512') },
  /** What is needed before the page can be used, and would otherwise be found one file after the other. */
  preload: editor,
};
// Pages of documentation name it: it keeps this name for good, and stands alone.
await build({ ...common, entryPoints: ['src/embed/v1.js'], format: 'iife', outfile: join(site, 'embed/v1.js') });
writeFileSync(join(output, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
