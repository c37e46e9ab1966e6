// The examples of docs/embedding.md: each is built by the tool it is for where that is installed, opened in a browser, and
// run. Where a tool is not installed the test says so; of mdBook and Docusaurus there is also a page as they write it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { withDocsPage } from '../support/docs_page.mjs';
import { SITE } from '../support/playground.mjs';

const EXAMPLES = fileURLToPath(new URL('../../../docs/embedding', import.meta.url));
const HERE = fileURLToPath(new URL('.', import.meta.url));
/** Where the examples say that the playground is. */
const PLACE = 'https://example.org/asl-playground/';

const here = (text) => text.replaceAll(PLACE, SITE);

/** Copies an example to a folder of its own, with the address of this playground. */
function copy(name) {
  const root = mkdtempSync(join(tmpdir(), `asl-${name}-`));
  cpSync(join(EXAMPLES, name), root, { recursive: true });
  for (const file of readdirSync(root, { recursive: true }).map((file) => join(root, file))) {
    if (statSync(file).isFile()) writeFileSync(file, here(readFileSync(file, 'utf8')));
  }
  return root;
}

function isInstalled(command) {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The element shows its content, then the machine; the machine runs, through one retry. */
async function runsThroughARetry(docs) {
  await docs.page.waitForFunction(() => customElements.get('asl-playground') !== undefined);
  await docs.scrollToElement();
  await docs.shown();
  await docs.frame.locator('[data-state="Charge card"]').waitFor();
  await docs.run();
  assert.equal(await docs.finalStatus(), 'SUCCEEDED');
  const count = await docs.frame.getByRole('status').filter({ hasText: 'events' }).first().innerText();
  assert.ok(Number(count.match(/(\d+) events/)[1]) > 9, 'the mock of the page was asked twice');
  assert.match(await docs.page.locator('body').innerText(), /The text goes on\.|The same as a frame/);
}

test('a plain page', () => withDocsPage(here(readFileSync(join(EXAMPLES, 'plain.html'), 'utf8')), runsThroughARetry));

const GENERATORS = [
  { name: 'mkdocs', command: 'mkdocs', build: ['build', '--quiet', '--site-dir', 'built'], path: 'index.html' },
  { name: 'sphinx', command: 'sphinx-build', build: ['-q', '-b', 'html', '.', 'built'], path: 'index.html' },
  { name: 'mdbook', command: 'mdbook', build: ['build', '--dest-dir', 'built'], path: 'retries.html' },
];

for (const { name, command, build, path } of GENERATORS) {
  const skip = isInstalled(command) ? false : `${command} is not installed`;
  test(`a page built by ${name}`, { skip, timeout: 90_000 }, async () => {
    const root = copy(name);
    try {
      execFileSync(command, build, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
      await withDocsPage('', runsThroughARetry, { root: join(root, 'built'), path });
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
}

for (const name of ['mdbook', 'docusaurus']) {
  test(`a page as ${name} writes it`, () => withDocsPage(
    here(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Docs</title>${readFileSync(join(HERE, `${name}.html`), 'utf8')}`),
    runsThroughARetry,
  ));
}
