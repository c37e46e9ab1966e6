// What the tests of the packages share: packing, and a project of its own that installs what was packed.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PACKAGES = join(ROOT, 'target/npm');

/** Returns what `npm pack` would publish: the paths, and the size of all of them. */
export function packed(name) {
  const text = execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: join(PACKAGES, name), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const [{ files, unpackedSize, version }] = JSON.parse(text);
  return { paths: files.map(({ path }) => path).sort(), unpackedSize, version };
}

/** Hands over the folder of a project that has installed a package; `files` are its own, by name. */
export async function withConsumer(name, files, use) {
  const root = mkdtempSync(join(tmpdir(), 'asl-consumer-'));
  try {
    const pack = ['pack', '--json', '--pack-destination', root];
    const text = execFileSync('npm', pack, { cwd: join(PACKAGES, name), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const [{ filename }] = JSON.parse(text);
    writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
    execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', '--loglevel=error', join(root, filename)], { cwd: root });
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), content);
    }
    return await use(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Returns the example of a package's README, which is TypeScript. */
export function readmeExample(path) {
  return /```ts\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, path), 'utf8'))[1];
}

/** Checks the types of a project's files as strictly as there is; throws with what the compiler says. */
export function checkTypes(root, ...files) {
  const compiler = fileURLToPath(new URL('node_modules/typescript/bin/tsc', import.meta.url));
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', '--lib', 'es2022,dom,esnext.disposable'];
  try {
    execFileSync(process.execPath, [compiler, ...options, ...files], { cwd: root, encoding: 'utf8' });
  } catch (error) {
    throw new Error(error.stdout);
  }
}
