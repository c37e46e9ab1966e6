// The engine Worker's script. It carries messages between the page, the mock sandbox and the engine's wasm, and lets the
// engine work in slices, so that a message such as Stop is never waiting behind more than one slice.

let engine = null;
/** What arrived before the engine was there. */
const early = [];
/** The port to the mock sandbox, and the number it is known by. */
let sandbox = { number: 0, port: null };
let timer = 0;
/** Fetch the parts of the engine that not everybody needs. Requests wait for them; see `worker.rs`. */
let fetchJsonata = null;
let fetchTools = null;
/** Timers count milliseconds in 31 bits; a longer sleep is slept in parts. */
const LONGEST_SLEEP_MS = 2 ** 31 - 1;
let sliceDue = false;
/** The panic hook's message: a trap itself only says "unreachable". */
let panic = '';
globalThis.onEnginePanic = (message) => (panic = message);

onmessage = ({ data }) => {
  if (data.module) start(data).catch(crash);
  else if (engine === null) early.push(data);
  else receive(data);
};

async function start({ glue, module }) {
  const { default: init, Engine, fetch_jsonata, fetch_tools } = await import(glue);
  await init({ module_or_path: module });
  engine = new Engine();
  fetchJsonata = once(fetch_jsonata, (jsonata) => engine.jsonata_arrived(jsonata));
  fetchTools = once(fetch_tools, (tools) => engine.tools_arrived(tools));
  guard(() => {});
  for (const data of early.splice(0)) receive(data);
  fetchTools();
}

/**
 * Returns a function that fetches a part of the engine and hands it over, or hands over nothing where the network fails;
 * then the next call tries again. While the part is on its way, or there, further calls do nothing.
 */
function once(fetchPart, handOver) {
  let fetching = null;
  return () => {
    fetching ??= fetchPart().then(
      (part) => guard(() => handOver(part)),
      () => {
        guard(() => handOver(undefined));
        fetching = null;
      },
    );
  };
}

function receive(data) {
  guard(() => {
    if (data instanceof Uint8Array) engine.receive(data);
    else connectSandbox(data);
  });
}

function connectSandbox({ sandbox: number, port }) {
  sandbox.port?.close();
  sandbox = { number, port };
  port.onmessage = ({ data }) => {
    if (sandbox.port === port) guard(() => engine.receive_from_sandbox(number, typeof data === 'string' ? data : ''));
  };
}

/** Lets the engine do something, delivers what came of it, and sees to the next slice. */
function guard(action) {
  if (engine === null) return;
  try {
    action();
    flush();
    if (engine.lacks_jsonata()) fetchJsonata();
    if (engine.lacks_tools()) fetchTools();
    schedule(engine.due_in());
  } catch (error) {
    crash(error);
  }
}

function flush() {
  for (let reply; (reply = engine.take_reply()) !== undefined; ) postMessage(reply, [reply.buffer]);
  for (let text; (text = engine.take_sandbox_message()) !== undefined; ) sandbox.port?.postMessage(text);
}

/** A channel rather than a timer of 0 ms: nested timers are held back for 4 ms. */
const slices = new MessageChannel();
slices.port1.onmessage = () => {
  sliceDue = false;
  guard(() => engine.work());
};

/** `due` is 0 for "more to do at once", a number of milliseconds to sleep, or -1 for "until something arrives". */
function schedule(due) {
  clearTimeout(timer);
  if (due === 0 && !sliceDue) {
    sliceDue = true;
    slices.port2.postMessage(0);
  } else if (due > 0) {
    timer = setTimeout(() => guard(() => engine.work()), Math.min(due, LONGEST_SLEEP_MS));
  }
}

function crash(error) {
  engine = null;
  postMessage({ crash: panic || String(error) });
}
