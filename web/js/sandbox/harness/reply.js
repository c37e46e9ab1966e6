// Answers to the engine. Every message is a string of JSON, put together by hand from texts that were stringified one
// by one, so that no `toJSON` of a mock is asked.

import { cut, isErrorObject, post, stringify, toText } from './primordials.js';
import { elapsed } from './clock.js';
import { consoleLines } from './console.js';
import { ERROR_NAME_LENGTH, ERROR_TEXT_LENGTH } from './limits.js';

let port = null;

/** Tells all answers where to go. */
export const answerOn = (enginePort) => {
  port = enginePort;
};

/** An error as data: `name` becomes the name of the ASL error. */
export const errorData = (name, message) => ({ name, message, line: 0, stack: '' });

/** Returns an error as data, of whatever a mock threw: as the Node.js runtime of Lambda reports it. */
export const thrownData = (thrown) => {
  try {
    if (!isErrorObject(thrown)) return errorData(typeof thrown, cut(toText(thrown), ERROR_TEXT_LENGTH));
    return {
      name: cut(thrown.name || 'Error', ERROR_NAME_LENGTH),
      message: cut(thrown.message, ERROR_TEXT_LENGTH),
      line: +(thrown.lineNumber || thrown.line) | 0,
      stack: cut(thrown.stack || '', ERROR_TEXT_LENGTH),
    };
  } catch {
    return errorData('handled', 'The mock threw something that cannot be read.');
  }
};

const errorFields = (error) =>
  `"name":${stringify(error.name)},"message":${stringify(error.message)},` +
  `"line":${error.line | 0},"stack":${stringify(error.stack)}`;

/** The harness is set up. `stuck` names globals that could not be removed. */
export const sendReady = (stuck) => post(port, `{"t":"ready","v":1,"kept":${stringify(stuck)}}`);

export const sendLoaded = (id) => post(port, `{"t":"loaded","id":${id | 0}}`);

export const sendLoadError = (id, error) => post(port, `{"t":"loaderr","id":${id | 0},${errorFields(error)}}`);

const callFields = (n) => `"n":${n | 0},"elapsed":${+elapsed()},"logs":${consoleLines()}`;

/** A call returned `json`, a text. */
export const sendResult = (n, json) => post(port, `{"t":"ok",${callFields(n)},"out":${stringify(json)}}`);

export const sendError = (n, error) => post(port, `{"t":"err",${callFields(n)},${errorFields(error)}}`);
