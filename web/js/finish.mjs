// Finishes the site that Trunk has built (Trunk's post_build hook): puts the wasm modules in their shipped form in place
// of Trunk's, adds what `build.mjs` made, and fills in what `index.html` leaves open.

import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { embedPage } from './site/embed.mjs';
import { serviceWorker, webManifest } from './site/offline.mjs';
import { ship } from './wasm.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const site = process.env.TRUNK_STAGING_DIR;
/** `OFFLINE=off` makes a site that takes back what earlier ones have kept for work without network. */
const isOffline = process.env.OFFLINE !== 'off';
/** The example that a first visitor sees. */
const FIRST_EXAMPLE = join(here, '../examples/two-lambdas.asl.json');

/** Where gists come from, which the page opens and embeds do not. */
const GISTS = ['https://api.github.com', 'https://gist.githubusercontent.com'];

/** What a page may do. `'unsafe-inline'` for styles: the editor and the page set them from scripts. */
function policy(origin, connections = []) {
  const self = ["'self'", origin].filter(Boolean).join(' ');
  return [
    "default-src 'none'",
    `script-src ${self} 'wasm-unsafe-eval'`,
    `style-src ${self} 'unsafe-inline'`,
    `img-src ${self} data: blob:`,
    `font-src ${self}`,
    `connect-src ${[self, ...connections].join(' ')}`,
    `worker-src ${self} blob:`,
    `frame-src ${self}`,
    `manifest-src ${self}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** The first example is drawn now, so that its picture is there before any code is. */
function firstExample() {
  const definition = readFileSync(FIRST_EXAMPLE, 'utf8').trimEnd();
  const draw = ['run', '--quiet', '--offline', '--package', 'asl-view', '--example', 'draw'];
  return { definition, diagram: execFileSync('cargo', draw, { input: definition, encoding: 'utf8' }) };
}

const escapeHtml = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const modulePreload = (name) => `<link rel="modulepreload" href="./${name}">`;

const wasmPreload = (name) => `<link rel="preload" href="./${name}" as="fetch" type="application/wasm" crossorigin>`;

const manifest = JSON.parse(readFileSync(join(here, 'build/manifest.json'), 'utf8'));
cpSync(join(here, 'build/site'), site, { recursive: true });
const isRelease = process.env.TRUNK_PROFILE === 'release';
const page = ship({ crate: 'web', profile: isRelease ? 'wasm-page' : 'debug', name: 'page', level: isRelease ? '-Oz' : undefined });
const engine = ship({ crate: 'engine', profile: isRelease ? 'wasm' : 'debug', name: 'engine', level: isRelease ? '-Os' : undefined });
const desk = ship({ crate: 'files', profile: isRelease ? 'wasm-page' : 'debug', name: 'files', level: isRelease ? '-Oz' : undefined });
const example = firstExample();
// Trunk's own wasm is whole, and its Worker's files have no hash in their names.
for (const name of readdirSync(site)) if (/^((web|engine)[-_.]|files[_.])/.test(name)) rmSync(join(site, name));
for (const { folder, files } of [page, engine, desk]) for (const name of files) copyFileSync(join(folder, name), join(site, name));

const boot = [
  `src="./${manifest.boot}"`,
  `data-editor="./${manifest.editor}"`,
  `data-worker="./${manifest.worker}"`,
  `data-page-glue="./${page.glue}"`,
  `data-page-wasm="./${page.wasm}"`,
  `data-engine-glue="./${engine.glue}"`,
  `data-engine-wasm="./${engine.wasm}"`,
  `data-files-worker="./${manifest.filesWorker}"`,
  `data-files-glue="./${desk.glue}"`,
  `data-files-wasm="./${desk.wasm}"`,
  `data-sandbox="./${manifest.sandbox}"`,
  ...(isOffline ? ['data-offline="./sw.js"'] : []),
].join(' ');
const application = [
  '<link rel="manifest" href="./manifest.webmanifest">',
  `<link rel="apple-touch-icon" href="./${manifest.icons.small}">`,
].join('');
const index = join(site, 'index.html');
const html = readFileSync(index, 'utf8')
  .replace('<!-- {{preload}} -->', () => [
    application,
    ...[...manifest.preload, page.glue].map(modulePreload),
    wasmPreload(page.wasm),
  ].join(''))
  .replace('{{styles}}', manifest.styles)
  .replace('<script type="module" data-page>', () => `<script type="module" ${boot}>`)
  .replace('{{shell-definition}}', () => escapeHtml(example.definition))
  .replace('{{shell-diagram}}', () => example.diagram);
const withPolicy = (text) => html.replace('{{policy}}', text);
const complete = withPolicy(policy(process.env.SITE_ORIGIN, GISTS));
const open = /\{\{[a-z-]+\}\}/.exec(complete);
if (open !== null || !html.includes(manifest.boot)) throw new Error(`index.html is not complete: ${open ?? 'no boot script'}`);
writeFileSync(index, complete);
writeFileSync(join(site, 'embed.html'), await embedPage(withPolicy(policy(process.env.SITE_ORIGIN)), manifest.preload));
writeFileSync(join(site, 'manifest.webmanifest'), webManifest(manifest.icons));
writeFileSync(join(site, 'sw.js'), await serviceWorker(site, !isOffline));
