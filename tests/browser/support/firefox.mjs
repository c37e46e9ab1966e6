// Firefox as distributions ship it, driven over WebDriver BiDi.
//
// Playwright asks every browser to pretend a color scheme, by a command that extended support releases of Firefox do not
// have yet, and gives up where that fails. No story here depends on the answer, so it is asked something harmless.

import Module, { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const COMMAND = 'send("emulation.setMediaFeaturesOverride", ';
const HARMLESS = 'send("session.status", true ? {} : ';

/** Loads playwright-core with that one command replaced. */
export function playwrightForFirefox() {
  const load = Module._extensions['.js'];
  Module._extensions['.js'] = (module, file) => {
    if (!file.endsWith('coreBundle.js')) return load(module, file);
    const source = readFileSync(file, 'utf8');
    if (!source.includes(COMMAND)) throw new Error('playwright-core no longer asks for this: remove the replacement');
    return module._compile(source.replaceAll(COMMAND, HARMLESS), file);
  };
  try {
    return createRequire(import.meta.url)('playwright-core');
  } finally {
    Module._extensions['.js'] = load;
  }
}
