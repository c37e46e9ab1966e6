// The console of a mock: lines are kept as JSON text and travel with the answer of the call.

import { cut, defineProperty, freeze, stringify, toText } from './primordials.js';
import { CONSOLE_LINES, CONSOLE_LINE_LENGTH } from './limits.js';

let lines = '';
let count = 0;

/** Forgets the lines of the call before. */
export const clearConsole = () => {
  lines = '';
  count = 0;
};

/** Returns the lines as a JSON array of `[level, text]`. */
export const consoleLines = () => `[${lines}]`;

const textOf = (value) => {
  try {
    const text = typeof value === 'string' ? value : stringify(value);
    return text === undefined ? toText(value) : text;
  } catch {
    return unserializableText(value);
  }
};

/** Text of what JSON cannot hold, such as a cycle; its own `toString` may throw as well. */
const unserializableText = (value) => {
  try {
    return toText(value);
  } catch {
    return '?';
  }
};

const write = (level, values) => {
  if (count++ >= CONSOLE_LINES) return;
  let line = '';
  for (let i = 0; i < values.length && line.length <= CONSOLE_LINE_LENGTH; i++) {
    line += (i > 0 ? ' ' : '') + textOf(values[i]);
  }
  lines += `${lines === '' ? '' : ','}[${stringify(level)},${stringify(cut(line, CONSOLE_LINE_LENGTH))}]`;
};

/** Puts `console` into the global scope. */
export const installConsole = () => {
  const method =
    (level) =>
    (...values) =>
      write(level, values);
  const value = freeze({
    log: method('log'),
    info: method('info'),
    warn: method('warn'),
    error: method('error'),
    debug: method('debug'),
  });
  defineProperty(self, 'console', { value, writable: true, configurable: true });
};
