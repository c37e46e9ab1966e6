// The sealed Worker that runs mocks. It captures what it needs, waits for the port, removes every ambient capability,
// and then loads mocks and answers calls. `frame.js` starts it.

import { firstPort, listen, messageData, parse, swallow } from './primordials.js';
import { installClock } from './clock.js';
import { installConsole } from './console.js';
import { stripGlobals } from './strip.js';
import { answerOn, sendReady } from './reply.js';
import { load } from './load.js';
import { call } from './call.js';

addEventListener('error', swallow);
addEventListener('unhandledrejection', swallow);

onmessage = (event) => {
  onmessage = null;
  const port = firstPort(event);
  const stuck = stripGlobals();
  installConsole();
  installClock();
  answerOn(port);
  listen(port, (message) => receive(parse(messageData(message))));
  sendReady(stuck);
};

const receive = (message) => {
  if (message.t === 'load') load(message.id, message.name, message.src);
  else if (message.t === 'call') call(message);
};
