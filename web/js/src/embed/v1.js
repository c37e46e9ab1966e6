// `embed/v1.js` of the site. What it means never changes: pages that were written once refer to it for good. Anything that
// would mean something else goes into a `v2.js` beside it.

import { define } from './element.js';

define(new URL('..', import.meta.url));
