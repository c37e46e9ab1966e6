// Virtual time and seeded dice: a mock that sleeps 30 s costs no real time, and two runs see the same instants and the
// same random numbers.

import { apply, construct, defineProperty, freeze, imul, RealDate, RealError, toText } from './primordials.js';
import { TIMERS } from './limits.js';

let now = 0;
let start = 0;
let seed = 1;
/** Timers as a list linked by `next`, ordered by due time and then by the order they were set in. */
let first = null;
let lastId = 0;
let count = 0;

/** Begins a call at an instant (milliseconds since the Unix epoch) with a seed, and forgets all timers. */
export const beginCall = (instant, dice) => {
  now = start = instant;
  seed = dice | 0;
  forgetTimers();
  lastId = count = 0;
};

export const forgetTimers = () => {
  first = null;
};
export const elapsed = () => now - start;
export const hasTimers = () => first !== null;

/** Moves time to the first timer and runs it. Throws what it throws. */
export const runFirstTimer = () => {
  const timer = first;
  first = timer.next;
  if (timer.due > now) now = timer.due;
  timer.run();
  if (timer.every > 0) {
    countTimer();
    timer.due = now + timer.every;
    insert(timer);
  }
};

const countTimer = () => {
  if (++count <= TIMERS) return;
  const error = new RealError(`The mock set more than ${TIMERS} timers.`);
  error.name = 'Mock.TooManyTimers';
  throw error;
};

const addTimer = (callback, milliseconds, repeats, parameters) => {
  countTimer();
  const delay = +milliseconds;
  const wait = delay > 0 ? delay : 0;
  const every = repeats ? (delay > 1 ? delay : 1) : 0;
  const timer = { due: now + wait, id: ++lastId, every, next: null, run: () => apply(callback, undefined, parameters) };
  insert(timer);
  return timer.id;
};

const insert = (timer) => {
  if (first === null || first.due > timer.due) {
    timer.next = first;
    first = timer;
    return;
  }
  let before = first;
  while (before.next !== null && before.next.due <= timer.due) before = before.next;
  timer.next = before.next;
  before.next = timer;
};

const cancel = (id) => {
  if (first === null) return;
  if (first.id === id) {
    first = first.next;
    return;
  }
  for (let before = first; before.next !== null; before = before.next) {
    if (before.next.id === id) {
      before.next = before.next.next;
      return;
    }
  }
};

/** Returns a number from 0 up to but not including 1 (the generator is "mulberry32"). */
const random = () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

/** Returns a version 4 UUID from the same dice. */
const randomUUID = () => {
  const digits = '0123456789abcdef';
  let text = '';
  for (let i = 0; i < 36; i++) {
    if (i === 8 || i === 13 || i === 18 || i === 23) text += '-';
    else if (i === 14) text += '4';
    else text += digits[i === 19 ? 8 + ((random() * 4) | 0) : (random() * 16) | 0];
  }
  return text;
};

/** `Date` as a mock sees it: without arguments it tells virtual time. */
function MockDate(...parameters) {
  if (new.target === undefined) return toText(construct(RealDate, [now]));
  const given = parameters.length > 0 ? parameters : [now];
  return construct(RealDate, given, new.target === MockDate ? RealDate : new.target);
}

/** Puts clock, timers and dice into the global scope. */
export const installClock = () => {
  const define = (target, key, value) => defineProperty(target, key, { value, writable: true, configurable: true });
  MockDate.prototype = RealDate.prototype;
  MockDate.now = () => now;
  MockDate.parse = RealDate.parse;
  MockDate.UTC = RealDate.UTC;
  define(RealDate.prototype, 'constructor', MockDate);
  define(self, 'Date', MockDate);
  define(self, 'setTimeout', (callback, ms, ...parameters) => addTimer(callback, ms, false, parameters));
  define(self, 'setInterval', (callback, ms, ...parameters) => addTimer(callback, ms, true, parameters));
  define(self, 'clearTimeout', cancel);
  define(self, 'clearInterval', cancel);
  define(self, 'performance', freeze({ now: elapsed }));
  define(Math, 'random', random);
  define(self, 'crypto', freeze({ randomUUID }));
};
