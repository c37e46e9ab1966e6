// What the harness needs of the language and of the Worker, taken before any mock is loaded. A mock may overwrite or
// delete everything it can reach; nothing below is reached by name again.
//
// Rules for all files of the harness, because mocks share its realm:
// - no method is called on a value (`list.push(x)`); use a captured function with `apply`
// - no `for...of`, array destructuring or spread: they look up an iterator that a mock can replace
// - objects that are looked into have no prototype, or all the fields that are asked for

export const { apply, construct, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys, defineProperty } =
  Reflect;
export const { stringify, parse } = JSON;
export const { freeze, create } = Object;
export const { imul } = Math;
export const toText = String;
export const RealDate = Date;
export const RealError = Error;
export const RealURL = URL;
export const ObjectPrototype = Object.prototype;

const { slice } = String.prototype;
const { createObjectURL, revokeObjectURL } = URL;
const RealBlob = Blob;
const RealPromise = Promise;
const { resolve } = Promise;
const { then } = Promise.prototype;
const { preventDefault } = Event.prototype;
const { postMessage } = MessagePort.prototype;
const realSetTimeout = setTimeout;
const regExpTest = RegExp.prototype.test;
const isError = Error.isError;
const ErrorPrototype = Error.prototype;
const { isPrototypeOf } = Object.prototype;

const getter = (prototype, key) => getOwnPropertyDescriptor(prototype, key).get;
const dataOf = getter(MessageEvent.prototype, 'data');
const portsOf = getter(MessageEvent.prototype, 'ports');
const setOnMessage = getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage').set;

/** Returns at most `length` units of the text of `value`. */
export const cut = (value, length) => apply(slice, toText(value), [0, length]);

/** Returns true where the text fits the pattern. */
export const fits = (pattern, text) => apply(regExpTest, pattern, [text]);

/** Returns true for errors, also for those of other realms where the engine can tell. */
export const isErrorObject = (value) =>
  (isError !== undefined && isError(value)) || apply(isPrototypeOf, ErrorPrototype, [value]);

export const messageData = (event) => apply(dataOf, event, []);
export const firstPort = (event) => apply(portsOf, event, [])[0];
export const listen = (port, listener) => apply(setOnMessage, port, [listener]);
export const post = (port, message) => apply(postMessage, port, [message]);
export const swallow = (event) => apply(preventDefault, event, []);

/** Calls back after so many real milliseconds. */
export const afterRealTime = (callback, milliseconds) => apply(realSetTimeout, self, [callback, milliseconds]);

/** Adopts whatever a mock returned, thenables included, and calls one of the two exactly as a promise would. */
export const whenSettled = (value, fulfilled, rejected) =>
  apply(then, apply(resolve, RealPromise, [value]), [fulfilled, rejected]);

/** Loads text as a module of its own. */
export const importText = (text, fulfilled, rejected) => {
  const blob = new RealBlob([text], { type: 'text/javascript' });
  const url = apply(createObjectURL, RealURL, [blob]);
  const done = (next) => (value) => {
    apply(revokeObjectURL, RealURL, [url]);
    next(value);
  };
  apply(then, import(url), [done(fulfilled), done(rejected)]);
};

const channel = new MessageChannel();
let onTick = null;
listen(channel.port1, () => {
  const callback = onTick;
  onTick = null;
  if (callback !== null) callback();
});

/** Calls back in a later task, after every promise job that is due now. One caller at a time. */
export const nextTask = (callback) => {
  onTick = callback;
  post(channel.port2, 0);
};
