// Turns the wasm that cargo has built into what ships: cut into chunks, given its JavaScript glue, made small.
//
// Chunks are what only a `#[wasm_split(name)]` function reaches; the glue fetches them when such a function is called
// first. All files of a module carry one hash of their content in their names, so that a page never mixes two builds.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
/** Named one by one: `--all-features` writes what no browser reads. */
const FEATURES = [
  'bulk-memory', 'bulk-memory-opt', 'nontrapping-float-to-int', 'sign-ext', 'mutable-globals', 'reference-types', 'multivalue',
].map((feature) => `--enable-${feature}`);
/** The splitter's loader, which expects servers to name wasm by its media type; not all do. */
const STREAMING = 'WebAssembly.instantiateStreaming(src, imports)';
const ANY_SERVER = 'src.then((response) => response.arrayBuffer()).then((bytes) => WebAssembly.instantiate(bytes, imports))';

const run = (tool, ...words) => execFileSync(tool, words, { stdio: ['ignore', 'ignore', 'inherit'] });

function targetDirectory() {
  const metadata = execFileSync('cargo', ['metadata', '--no-deps', '--offline', '--format-version', '1'], {
    maxBuffer: 1 << 28,
  });
  return JSON.parse(metadata).target_directory;
}

/**
 * Ships one module. `crate` names cargo's wasm, `profile` the folder it lies in, `name` the shipped files, `level` how
 * `wasm-opt` weighs size against speed (none for a development build). Returns the shipped files and where they are.
 */
export function ship({ crate, profile, name, level }) {
  const folder = join(here, 'build/wasm', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const input = join(targetDirectory(), 'wasm32-unknown-unknown', profile, `${crate}.wasm`);
  run('wasm-split-cli', '--out-name', name, input, folder);
  const main = join(folder, `${name}.wasm`);
  run('wasm-bindgen', '--target', 'web', '--no-typescript', '--keep-lld-exports', '--out-dir', folder, '--out-name', name, main);
  rmSync(main);
  if (level !== undefined) {
    for (const file of wasmFiles(folder)) run('wasm-opt', level, ...FEATURES, join(folder, file), '-o', join(folder, file));
  }
  return { folder, ...renamed(folder, name) };
}

const wasmFiles = (folder) => readdirSync(folder).filter((file) => file.endsWith('.wasm'));

/** Gives all files of a module names with one hash of their content, also where they name each other. */
function renamed(folder, name) {
  const files = readdirSync(folder).sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(join(folder, file)));
  const stamp = hash.digest('hex').slice(0, 16);
  const names = new Map(files.map((file) => [file, shippedName(file, name, stamp)]));
  for (const [file, shipped] of names) {
    let content = readFileSync(join(folder, file));
    if (file.endsWith('.js')) {
      let text = content.toString('utf8').replaceAll(STREAMING, ANY_SERVER);
      for (const [from, to] of names) text = pointedTo(text, from, to);
      content = text;
    }
    rmSync(join(folder, file));
    writeFileSync(join(folder, shipped), content);
  }
  return { files: [...names.values()], glue: names.get(`${name}.js`), wasm: names.get(`${name}_bg.wasm`) };
}

/** Where a script fetches or imports a file; the wasm's own name for the module it imports stays. */
const pointedTo = (text, from, to) =>
  text
    .replaceAll(`from "./${from}"`, `from "./${to}"`)
    .replaceAll(`URL("./${from}"`, `URL("./${to}"`)
    .replaceAll(`URL('${from}'`, `URL('${to}'`);

const chunkName = (file) => file.replace(/^split_/, '').replace('chunk_', 'shared').replace(/\.wasm$/, '');

function shippedName(file, name, stamp) {
  const [, base, extension] = /^(.*)(\.[^.]+)$/.exec(file);
  if (base === '__wasm_split') return `${name}-split-${stamp}${extension}`;
  return `${/^(split|chunk)_/.test(base) ? `${name}-${chunkName(file)}` : base}-${stamp}${extension}`;
}
