// `embed/v1.js` of the site. What it means never changes: pages that were written once refer to it for good. Anything that
// would mean something else goes into a `v2.js` beside it.
//
// A classic script, so that it loads from a host that sends no CORS headers; as a module it works too, where it is named
// by a script element.

import { define } from './element.js';

const script = document.currentScript ?? document.querySelector('script[src*="/embed/v1.js"]');
define(new URL('..', script.src));
