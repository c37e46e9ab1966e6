// What an element holds, as the fragment of a link: `v1.j.<base64url of JSON>.<CRC-32>`, the plain form that any tool can
// write.

/** Returns the fragment, without `#`, of a document `{ asl, input?, mocks?, title? }`. */
export function fragmentOf(document) {
  const bytes = new TextEncoder().encode(JSON.stringify({ v: 1, ...document }));
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  const payload = btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return `v1.j.${payload}.${crc32(payload)}`;
}

function crc32(text) {
  let crc = -1;
  for (let at = 0; at < text.length; at++) {
    crc ^= text.charCodeAt(at);
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (~crc >>> 0).toString(16).padStart(8, '0');
}

/** Returns the fragment of what an element names or holds; empty where it holds nothing, which opens the first example. */
export async function fragmentOfElement(element) {
  const attribute = (name) => element.getAttribute(name) ?? undefined;
  if (attribute('link') !== undefined) return attribute('link').replace(/^[^#]*#/, '');
  if (attribute('example') !== undefined) return `example/${attribute('example')}`;
  const asl = attribute('src') === undefined ? part(element, 'definition') : await fetched(attribute('src'));
  if (asl === undefined) return '';
  const whole = wholeDocument(asl);
  if (whole !== undefined) return fragmentOf(whole);
  const mocks = part(element, 'mocks');
  return fragmentOf({
    title: attribute('label'),
    asl,
    input: part(element, 'input') ?? attribute('input'),
    mocks: mocks === undefined ? undefined : JSON.parse(mocks),
  });
}

/** Returns the text of the child for a part of the document. The definition's needs no name. */
function part(element, name) {
  const named = element.querySelector(`[data-part="${name}"]`);
  const child = named ?? (name === 'definition' ? element.querySelector('pre, script[type="application/json"]') : null);
  if (child === null) return undefined;
  // What highlighters put around the text is left behind: spans, buttons beside the code, line breaks as elements.
  const text = (child.querySelector('code') ?? child).cloneNode(true);
  for (const end of text.querySelectorAll('br')) end.replaceWith('\n');
  return text.textContent.replace(/^\n|\s+$/g, '');
}

async function fetched(src) {
  const response = await fetch(new URL(src, document.baseURI), { credentials: 'omit' });
  if (!response.ok) throw new Error(`${src} was answered with ${response.status}`);
  return response.text();
}

/** Returns the document in a file of the playground, `{ "v": 1, "asl": ... }`; none for a bare definition. */
function wholeDocument(text) {
  try {
    const value = JSON.parse(text);
    return typeof value?.asl === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
