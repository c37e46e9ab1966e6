// Turns the text of a mock into a function. Authors write it as a module, as Lambda code or as a bare function.

import { create, fits, importText, toText } from './primordials.js';
import { errorData, sendLoaded, sendLoadError, thrownData } from './reply.js';

/** Functions by the number of their mock. */
const handlers = create(null);

export const handlerOf = (id) => handlers[id];

/** Loads a mock and answers `loaded` or `loaderr`. */
export const load = (id, name, source) => {
  const label = `\n//# sourceURL=mocks/${name}.js`;
  tryReading({ id, texts: readingsOf(toText(source)), label, reading: 0, syntaxError: null, wasLoaded: false });
};

/** Returns the module texts that a source may stand for, the likeliest first. None moves a line of the source. */
const readingsOf = (source) => {
  const bareFunction = `export default ${source}`;
  if (fits(/\bexport\s/, source)) return [source, bareFunction];
  if (fits(/\bexports\b/, source)) return [commonJs(source), bareFunction];
  if (fits(/\b(?:const|let|var|function)\s+handler\b/, source)) return [`${source}\nexport { handler }`, bareFunction];
  return [bareFunction, source];
};

const commonJs = (source) =>
  `const exports = {}, module = { exports }; ${source}\nexport default module.exports.handler ?? module.exports`;

const tryReading = (attempt) => {
  if (attempt.reading >= attempt.texts.length) return giveUp(attempt);
  const text = attempt.texts[attempt.reading++] + attempt.label;
  importText(text, (module) => accept(attempt, module), (thrown) => refuse(attempt, thrown));
};

const accept = (attempt, module) => {
  const handler = module.default || module.handler;
  if (typeof handler === 'function') {
    handlers[attempt.id] = handler;
    return sendLoaded(attempt.id);
  }
  attempt.wasLoaded = true;
  tryReading(attempt);
};

const refuse = (attempt, thrown) => {
  const error = thrownData(thrown);
  if (error.name !== 'SyntaxError') return sendLoadError(attempt.id, error);
  attempt.syntaxError ??= error;
  tryReading(attempt);
};

/** Reports the syntax error of the likeliest reading, or that nothing in the text is a function. */
const giveUp = (attempt) => {
  const noHandler = () => errorData('Mock.NoHandler', 'Write a function: (event, context) => ({ ... })');
  sendLoadError(attempt.id, attempt.wasLoaded ? noHandler() : (attempt.syntaxError ?? noHandler()));
};
