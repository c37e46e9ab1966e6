// Calls a mock and waits for its result in virtual time.

import { afterRealTime, cut, nextTask, parse, stringify, toText, whenSettled } from './primordials.js';
import { beginCall, forgetTimers, hasTimers, runFirstTimer } from './clock.js';
import { clearConsole } from './console.js';
import { RESULT_LENGTH } from './limits.js';
import { handlerOf } from './load.js';
import { errorData, sendError, sendResult, thrownData } from './reply.js';

/** Tasks without a timer after which a promise is suspected of never settling. */
const IDLE_TASKS = 3;
/** Real milliseconds that it then gets, for what the browser does in the background. */
const GRACE_MS = 60;

let busy = false;

/** Starts the call that a message describes; a second one while the first runs is ignored. */
export const call = (message) => {
  if (busy) return;
  busy = true;
  beginCall(+message.now, message.seed);
  clearConsole();
  const state = { n: message.n, settled: false, idle: 0 };
  try {
    const handler = handlerOf(message.id);
    if (handler === undefined) return fail(state, errorData('Mock.NoHandler', 'No mock has this number.'));
    const result = handler(parse(message.input), parse(message.ctx));
    whenSettled(result, (value) => succeed(state, value), (thrown) => fail(state, thrownData(thrown)));
  } catch (thrown) {
    return fail(state, thrownData(thrown));
  }
  pump(state);
};

const settle = (state) => {
  if (state.settled) return false;
  state.settled = true;
  busy = false;
  forgetTimers();
  return true;
};

const fail = (state, error) => {
  if (settle(state)) sendError(state.n, error);
};

const succeed = (state, value) => {
  if (!settle(state)) return;
  let json;
  try {
    json = stringify(value);
  } catch (thrown) {
    const why = `The mock returned something JSON cannot hold: ${toText(thrownData(thrown).message)}`;
    return sendError(state.n, errorData('Mock.NotJson', cut(why, 500)));
  }
  json ??= 'null';
  if (json.length > RESULT_LENGTH) {
    return sendError(state.n, errorData('States.DataLimitExceeded', 'The mock returned more than 256 KiB.'));
  }
  sendResult(state.n, json);
};

/** One timer per task, so that promise jobs always run before the next virtual timer. */
const pump = (state) =>
  nextTask(() => {
    if (state.settled) return;
    if (!hasTimers()) return waitWithoutTimers(state);
    state.idle = 0;
    try {
      runFirstTimer();
    } catch (thrown) {
      return fail(state, thrownData(thrown));
    }
    if (!state.settled) pump(state);
  });

const waitWithoutTimers = (state) => {
  if (state.idle++ < IDLE_TASKS) return pump(state);
  afterRealTime(() => {
    if (state.settled) return;
    if (hasTimers()) return pump(state);
    fail(state, errorData('Mock.NeverSettles', 'The mock returned a promise that never settles.'));
  }, GRACE_MS);
};
