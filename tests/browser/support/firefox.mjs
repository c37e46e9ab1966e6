// Firefox as distributions ship it, driven over WebDriver BiDi, and what its driver lacks.

import Module, { createRequire } from 'node:module';
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Playwright asks every browser to pretend a color scheme, by a command that extended support releases of Firefox do not
// have yet, and gives up where that fails. No story that runs here depends on the answer, so it is asked something harmless.
const COMMAND = 'send("emulation.setMediaFeaturesOverride", ';
const HARMLESS = 'send("session.status", true ? {} : ';

/** Where Firefox saves files: its driver tells of no download. */
const downloads = mkdtempSync(join(tmpdir(), 'firefox-downloads-'));

const PREFERENCES = {
  // The clipboard is read without asking the user, as in Chromium with the permission given.
  'dom.events.testing.asyncClipboard': true,
};

/** Loads playwright-core with that one command replaced. */
function playwrightForFirefox() {
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

export function launchFirefox() {
  const executablePath = process.env.FIREFOX ?? '/usr/bin/firefox';
  return playwrightForFirefox().firefox.launch({
    channel: 'moz-firefox',
    executablePath,
    downloadsPath: downloads,
    firefoxUserPrefs: PREFERENCES,
  });
}

/** Does what makes Firefox save a file, and returns where the whole file is. */
export async function downloadedFile(action) {
  const before = new Set(readdirSync(downloads));
  await action();
  const deadline = Date.now() + 30_000;
  let bytes = 0;
  while (Date.now() < deadline) {
    const name = readdirSync(downloads).find((name) => !before.has(name) && !name.endsWith('.part'));
    const path = join(downloads, name ?? '');
    const size = name === undefined ? 0 : statSync(path).size;
    // Firefox makes the file first and fills it then.
    if (size > 0 && size === bytes) return { path };
    bytes = size;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('Firefox saved no file within 30 seconds');
}
