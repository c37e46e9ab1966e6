// Takes everything out of the global scope that is not the language itself: network, storage, messages, nested Workers.

import { create, deleteProperty, getPrototypeOf, ObjectPrototype, ownKeys, RealURL } from './primordials.js';

/** What stays. `eval` and `Function` stay as names; the content security policy makes them throw. */
const LANGUAGE =
  'Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Promise RegExp Error ' +
  'AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError SuppressedError globalThis JSON ' +
  'Math Intl ArrayBuffer Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array Float16Array Float32Array ' +
  'Float64Array Uint8ClampedArray BigUint64Array BigInt64Array DataView Map BigInt Set WeakMap WeakSet Proxy Reflect ' +
  'Iterator decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape isFinite isNaN eval ' +
  'structuredClone queueMicrotask TextEncoder TextDecoder URL URLSearchParams atob btoa self DisposableStack ' +
  'AsyncDisposableStack constructor';

const languageNames = () => {
  const names = create(null);
  const list = LANGUAGE.split(' ');
  for (let i = 0; i < list.length; i++) names[list[i]] = true;
  return names;
};

/** Removes what is not on the list, on the global object and everything it inherits from; returns what would not go. */
export const stripGlobals = () => {
  const keep = languageNames();
  let stuck = '';
  for (let object = self; object !== null && object !== ObjectPrototype; object = getPrototypeOf(object)) {
    const keys = ownKeys(object);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      if (typeof key === 'string' && keep[key] !== true && !deleteProperty(object, key)) stuck += `${key} `;
    }
  }
  deleteProperty(RealURL, 'createObjectURL');
  deleteProperty(RealURL, 'revokeObjectURL');
  return stuck;
};
