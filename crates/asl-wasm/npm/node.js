// The interpreter in Node: the wasm lies beside this file, so it is there before the first call.

import { readFileSync } from 'node:fs';
import { initSync } from './asl_wasm.js';

initSync({ module: readFileSync(new URL('asl_wasm_bg.wasm', import.meta.url)) });

export * from './asl_wasm.js';

/** Nothing is left to load: here so that the same program runs in browsers. */
export default async function init() {}
