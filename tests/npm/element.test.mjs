// `asl-playground-element`, as it would be published: its layout and its types. What it does in a page is in
// tests/browser/stories/embed.test.mjs, from the same source.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkTypes, packed, readmeExample, withConsumer } from './support.mjs';

test('nothing but the element is published', () => {
  const { paths, unpackedSize } = packed('asl-playground-element');
  assert.deepEqual(paths, ['README.md', 'index.d.ts', 'index.js', 'package.json']);
  assert.ok(unpackedSize < 20_000, `${unpackedSize} bytes`);
});

test('the example of the README has the types it says', () => withConsumer(
  'asl-playground-element',
  { 'example.ts': readmeExample('web/npm/element/README.md') },
  (root) => checkTypes(root, 'example.ts'),
));

test('nothing happens to a page before the element is defined', () => withConsumer('asl-playground-element', {}, async (root) => {
  const text = readFileSync(join(root, 'node_modules/asl-playground-element/index.js'), 'utf8');
  assert.match(text, /export\s*\{[^}]*\bdefine\b/);
  globalThis.HTMLElement ??= class {};
  assert.deepEqual(Object.keys(await import(join(root, 'node_modules/asl-playground-element/index.js'))), ['define']);
}));
