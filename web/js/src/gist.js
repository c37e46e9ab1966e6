// Gists of GitHub: the one thing that the page fetches from elsewhere, and only where its address names one.

const DESCRIPTIONS = 'https://api.github.com/gists/';
/** Where files are that are too large for a description. */
const RAW = 'https://gist.githubusercontent.com/';
/** Most bytes that are read of one answer. The page itself opens smaller files only, and says so. */
const MAX_BYTES = 8 * 1024 * 1024;
const PATIENCE_MS = 15_000;

/** What a file ends in that the page opens, the surest first. */
const ENDINGS = ['.aslplay.json', '.asl.json', '.asl.yaml', '.asl.yml', '.json', '.yaml', '.yml', '.template'];

/** Returns the file of a gist that holds a state machine; `path` is its id, or that and a revision. See `host.d.ts`. */
export async function fetchGist(path) {
  const files = Object.values(JSON.parse(await read(DESCRIPTIONS + path)).files ?? {});
  const found = ENDINGS.map((ending) => files.find(({ filename }) => filename.endsWith(ending))).find(Boolean);
  if (found === undefined) throw new Error(`It has no file that ends in ${ENDINGS.slice(1).join(', ')}.`);
  if (!found.truncated) return new File([found.content], found.filename);
  if (!found.raw_url.startsWith(RAW)) throw new Error('It keeps its file elsewhere.');
  return new File([await read(found.raw_url)], found.filename);
}

async function read(url) {
  const response = await fetch(url, {
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => {
    throw new Error('GitHub did not answer: this browser may be offline.');
  });
  if (!response.ok) throw new Error(refusal(response.status));
  return new TextDecoder().decode(await bytes(response.body.getReader()));
}

function refusal(status) {
  if (status === 404) return 'GitHub knows no such gist; it may have been deleted.';
  if (status === 403 || status === 429) return 'GitHub answers only so many questions in an hour: try again later.';
  return `GitHub answered with ${status}.`;
}

/** Reads to the end, or to the limit: what is announced as small need not be. */
async function bytes(reader) {
  const parts = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    parts.push(value);
    length += value.length;
    if (length > MAX_BYTES) {
      reader.cancel();
      throw new Error('It is too large.');
    }
  }
}
