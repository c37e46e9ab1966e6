// Finishes the site that Trunk has built (Trunk's post_build hook): adds what `build.mjs` made, gives the engine's files
// names with a hash, and fills in what `index.html` leaves open. Trunk itself names Worker files without a hash, because
// it does not know who refers to them.

import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const site = process.env.TRUNK_STAGING_DIR;
/** The example that a first visitor sees. */
const FIRST_EXAMPLE = join(here, '../examples/two-lambdas.asl.json');

/** What the page may do. `'unsafe-inline'` for styles: the editor and the page set them from scripts. */
function policy(origin) {
  const self = ["'self'", origin].filter(Boolean).join(' ');
  return [
    "default-src 'none'",
    `script-src ${self} 'wasm-unsafe-eval'`,
    `style-src ${self} 'unsafe-inline'`,
    `img-src ${self} data: blob:`,
    `font-src ${self}`,
    `connect-src ${self}`,
    `worker-src ${self} blob:`,
    `frame-src ${self}`,
    `manifest-src ${self}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** Gives a file a name that changes with its content; returns the name. */
function rename(name) {
  const [, base, extension] = /^(.*?)(\.[^.]+)$/.exec(name);
  const hash = createHash('sha256').update(readFileSync(join(site, name))).digest('hex').slice(0, 16);
  const hashed = `${base}-${hash}${extension}`;
  renameSync(join(site, name), join(site, hashed));
  return hashed;
}

/** The engine draws the first example, so that its picture is there before any code is. */
async function firstExample(engineGlue, engineWasm) {
  const definition = readFileSync(FIRST_EXAMPLE, 'utf8').trimEnd();
  // Node reads a `.js` file as a module only where a package says so; `.mjs` leaves no doubt.
  const module = join(here, 'build/engine.mjs');
  copyFileSync(join(site, engineGlue), module);
  const engine = await import(pathToFileURL(module));
  globalThis.onEnginePanic = (message) => console.error(message);
  engine.initSync({ module: readFileSync(join(site, engineWasm)) });
  return { definition, diagram: engine.draw_svg(definition) };
}

const escapeHtml = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const modulePreload = (name) => `<link rel="modulepreload" href="./${name}">`;

const manifest = JSON.parse(readFileSync(join(here, 'build/manifest.json'), 'utf8'));
for (const name of readdirSync(join(here, 'build/site'))) copyFileSync(join(here, 'build/site', name), join(site, name));
for (const name of readdirSync(site)) if (name.endsWith('.d.ts')) rmSync(join(site, name));
const engineGlue = rename('engine.js');
const engineWasm = rename('engine_bg.wasm');
const example = await firstExample(engineGlue, engineWasm);

const boot = [
  `src="./${manifest.boot}"`,
  `data-editor="./${manifest.editor}"`,
  `data-worker="./${manifest.worker}"`,
  `data-engine-glue="./${engineGlue}"`,
  `data-engine-wasm="./${engineWasm}"`,
  `data-sandbox="./${manifest.sandbox}"`,
].join(' ');
const index = join(site, 'index.html');
const html = readFileSync(index, 'utf8')
  .replace('{{policy}}', () => policy(process.env.SITE_ORIGIN))
  .replace('<!-- {{preload}} -->', () => manifest.preload.map(modulePreload).join(''))
  .replace('<script type="module" data-page-glue', () => `<script type="module" ${boot} data-page-glue`)
  .replace('{{shell-definition}}', () => escapeHtml(example.definition))
  .replace('{{shell-diagram}}', () => example.diagram);
const open = /\{\{[a-z-]+\}\}/.exec(html);
if (open !== null || !html.includes(manifest.boot)) throw new Error(`index.html is not complete: ${open ?? 'no boot script'}`);
writeFileSync(index, html);
