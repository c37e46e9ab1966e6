// `sw.js` and `manifest.webmanifest`: the playground as an application that needs no network.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const SOURCES = fileURLToPath(new URL('../src', import.meta.url));

/** Names that carry a hash of their content. */
const HASHED = /-[0-9A-Za-z]{8,16}(_bg)?\.[a-z0-9]+$/;

/** Returns the service worker of the site in a folder, whose `index.html` is complete. `isOff` gives the one that takes
 *  earlier ones back. */
export async function serviceWorker(site, isOff = false) {
  const page = createHash('sha256').update(readFileSync(join(site, 'index.html'))).digest('hex');
  // The sandbox is never this worker's: what runs there has no part in this origin.
  const files = readdirSync(site).filter((name) => HASHED.test(name) && !name.startsWith('sandbox-')).sort();
  const version = createHash('sha256').update(JSON.stringify([page, files])).digest('hex').slice(0, 16);
  const result = await build({
    entryPoints: [join(SOURCES, isOff ? 'service-worker-off.js' : 'service-worker.js')],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
    write: false,
    define: { VERSION: JSON.stringify(version), PAGE: JSON.stringify(page), FILES: JSON.stringify(files) },
  });
  return result.outputFiles[0].text;
}

/** Returns the text of the manifest; `icons` are those of `build.mjs`. */
export function webManifest(icons) {
  const png = (src, size, purpose) => ({ src: `./${src}`, sizes: `${size}x${size}`, type: 'image/png', purpose });
  const manifest = {
    name: 'ASL Playground',
    short_name: 'ASL',
    description: 'Write, run and debug AWS Step Functions state machines in the browser.',
    id: './',
    start_url: './',
    scope: './',
    display: 'standalone',
    background_color: '#f3f4f6',
    theme_color: '#0b62c4',
    categories: ['developer', 'education'],
    icons: [png(icons.small, 192, 'any'), png(icons.large, 512, 'any'), png(icons.maskable, 512, 'maskable')],
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
