// Links as any tool may write them, the plain form: for stories about what comes with a link.

export { fragmentOf } from '../../../web/js/src/embed/content.js';

/** A machine with one function. */
export const ONE_FUNCTION = JSON.stringify({
  StartAt: 'Charge',
  States: {
    Charge: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:Charge', End: true },
  },
}, null, 2);
// Links as a stranger makes them: out of the corpus of released ones, or packed here, right or wrong.

import { readFile } from 'node:fs/promises';
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { SITE } from './playground.mjs';

const CORPUS = new URL('../../links/', import.meta.url);

/** The address of a released link, and the document that it holds. */
export async function released(name) {
  const fragment = (await readFile(new URL(`${name}.link`, CORPUS), 'utf8')).trim();
  return { url: `${SITE}#${fragment}`, document: JSON.parse(await readFile(new URL(`${name}.json`, CORPUS), 'utf8')) };
}

/** The address of a link whose payload holds these bytes. */
export function packed(codec, bytes) {
  const payload = Buffer.from(bytes).toString('base64url');
  return `${SITE}#v1.${codec}.${payload}.${crc32(payload).toString(16).padStart(8, '0')}`;
}

/** The address of a link that holds a document. */
export const linkTo = (document) => packed('d', deflateRawSync(JSON.stringify({ v: 1, ...document })));

/** The document that a link holds. */
export const documentIn = (link) => JSON.parse(inflateRawSync(Buffer.from(link.split('#')[1].split('.')[2], 'base64url')));

/** A definition with one Task state for each function. */
export function chain(...functions) {
  const states = functions.map((name, at) => [name, {
    Type: 'Task',
    Resource: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
    ...(at + 1 < functions.length ? { Next: functions[at + 1] } : { End: true }),
  }]);
  return JSON.stringify({ StartAt: functions[0], States: Object.fromEntries(states) }, null, 2);
}
