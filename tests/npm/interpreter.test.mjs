// `asl-wasm`, as it would be published: its layout, its types, in Node, and in a page that a bundler made.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkTypes, packed, readmeExample, ROOT, withConsumer } from './support.mjs';

test('nothing but the interpreter is published', () => {
  const { paths, unpackedSize, version } = packed('asl-wasm');
  assert.deepEqual(paths, [
    'README.md', 'asl_wasm.d.ts', 'asl_wasm.js', 'asl_wasm_bg.wasm', 'asl_wasm_bg.wasm.d.ts', 'node.js', 'package.json',
  ]);
  assert.match(version, /^\d+\.\d+\.\d+$/);
  assert.ok(unpackedSize < 4_000_000, `${unpackedSize} bytes`);
});

const README = readmeExample('crates/asl-wasm/npm/README.md');

test('the example of the README has the types it says, and runs in Node', () => withConsumer(
  'asl-wasm',
  { 'example.ts': `${README}\nexport const status: string = run({ n: 1 }).status;\n` },
  (root) => {
    checkTypes(root, 'example.ts');
    const script = README.replace(/^import .*$/m, 'import init, { Execution, parse } from "asl-wasm";')
      .replace(/: (TaskRequest|Json|\{ status: string; events: string\[\] \})(?=[,)\s\[])/g, '').replace(/\[\](?= = \[\])/g, '').replace(/ as AslError/g, '');
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: root, encoding: 'utf8' });
    assert.match(output, /SUCCEEDED/);
    assert.match(output, /LambdaFunctionScheduled/);
  },
));

/** Says what the types promise, value by value, so that types and values cannot part. */
const TYPES = `
import init, { Definition, Execution, layout, parse, validate } from "asl-wasm";
import type { AslError, Diagnostic, Diagram, ExecutionStatus, HistoryEvent, Input, Output, StateTrace, TaskRequest } from "asl-wasm";

const definition: Definition = parse("{}");
const diagnostics: Diagnostic[] = validate("{}", "EXPRESS");
const diagram: Diagram | undefined = layout(definition, { direction: "LeftRight", collapsed: ["a"] });
const execution: Execution = Execution.start(definition, { a: [1, null] }, { name: "n", type: "STANDARD", startTime: 0, seed: 1, trace: false });
const output: Output = execution.poll();
if (output.type === "ScheduleTask") { const task: TaskRequest = output.task; execution.handle({ type: "TaskFailure", token: task.token, error: "E" }); }
const input: Input = { type: "AdvanceTo", time: 1 };
const status: ExecutionStatus = execution.status;
const history: HistoryEvent[] = execution.history(0);
const trace: StateTrace | undefined = execution.trace(1);
const now: number = execution.now;
execution.redrive(now);
const loaded: Promise<unknown> = init();
const code: AslError["code"] = "NotDrained";
// @ts-expect-error there is no such input
execution.handle({ type: "TaskSucceeded", token: "t" });
// @ts-expect-error a token is needed
const wrong: Input = { type: "TaskHeartbeat" };
export { code, diagnostics, diagram, history, input, loaded, status, trace, wrong };
`;

test('the types are those of the methods', () => withConsumer('asl-wasm', { 'types.ts': TYPES }, (root) => checkTypes(root, 'types.ts')));

/** Runs a story with the package as Node finds it. */
const withPackage = (story) => withConsumer('asl-wasm', {}, async (root) => {
  const entry = createRequire(join(root, 'package.json')).resolve('asl-wasm');
  return story(await import(entry));
});

const TASK = `{
  "StartAt": "Größe",
  "States": {
    "Größe": {
      "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "TimeoutSeconds": 60,
      "Parameters": { "FunctionName": "F", "Payload": { "token.$": "$$.Task.Token", "n.$": "$.n" } },
      "Retry": [{ "ErrorEquals": ["Network"], "IntervalSeconds": 2, "MaxAttempts": 1 }],
      "ResultPath": "$.result", "Next": "Done"
    },
    "Done": { "Type": "Succeed" }
  }
}`;

/** Polls until nothing is left to say; returns everything that was said. */
function drain(execution) {
  const said = [];
  for (;;) {
    const output = execution.poll();
    said.push(output);
    if (output.type === 'Waiting' || output.type === 'Finished') return said;
  }
}

test('values cross both ways as the types say', () => withPackage(({ Execution, parse }) => {
  const start = Date.UTC(2026, 0, 1);
  const execution = Execution.start(parse(TASK), { n: 1, list: [true, null, 'ä'] }, { startTime: start, seed: 7, name: 'first' });
  const first = drain(execution);
  assert.deepEqual(first.at(0), { type: 'Event', id: 1 });
  const { task } = first.find(({ type }) => type === 'ScheduleTask');
  assert.equal(task.state, 'Größe');
  assert.equal(task.retryCount, 0);
  assert.equal(task.timeoutSeconds, 60);
  assert.deepEqual(task.integration, { type: 'Service', resourceType: 'lambda', action: 'invoke', pattern: 'WaitForTaskToken' });
  assert.equal(task.input.Payload.n, 1);
  assert.match(task.executionArn, /:first$/);
  assert.ok(!('itemIndex' in task), 'what is not there is left out');
  assert.deepEqual(first.at(-1), { type: 'Waiting', until: start + 60_000 });

  execution.handle({ type: 'TaskFailure', token: task.token, error: 'Network', cause: 'no answer' });
  assert.equal(drain(execution).at(-1).until, start + 2000);
  execution.handle({ type: 'AdvanceTo', time: start + 2000 });
  const again = drain(execution).find(({ type }) => type === 'ScheduleTask').task;
  assert.equal(execution.now, start + 2000);
  assert.equal(again.retryCount, 1);
  execution.handle({ type: 'TaskSubmitted', token: again.token, output: {} });
  drain(execution);
  execution.handle({ type: 'TaskHeartbeat', token: again.token });
  drain(execution);
  const output = { text: 'é', deep: [{ __proto__x: 1 }], big: 2 ** 40 };
  execution.handle({ type: 'TaskSuccess', token: again.token, output });
  assert.deepEqual(drain(execution).at(-1), { type: 'Finished', status: 'SUCCEEDED' });
  assert.equal(execution.status, 'SUCCEEDED');

  const history = execution.history();
  assert.deepEqual(history.map(({ id }) => id), history.map((_, at) => at + 1));
  assert.equal(history[0].timestamp, '2026-01-01T00:00:00.000Z');
  assert.deepEqual(execution.history(history.length - 1), [history.at(-1)]);
  const entered = history.find(({ type }) => type === 'TaskStateEntered');
  assert.deepEqual(JSON.parse(entered.stateEnteredEventDetails.input), { n: 1, list: [true, null, 'ä'] });
  const trace = execution.trace(entered.id);
  assert.equal(trace.entered, entered.id);
  assert.deepEqual(trace.input, { n: 1, list: [true, null, 'ä'] });
  assert.deepEqual(trace.result, output);
  assert.deepEqual(trace.afterResultPath.result, output);
  assert.ok(!('afterArguments' in trace));
  assert.equal(execution.trace(1), undefined);
}));

test('members called __proto__ stay members', () => withPackage(({ Execution, parse }) => {
  const pass = parse('{"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}');
  const execution = Execution.start(pass, JSON.parse('{"__proto__": {"polluted": true}}'));
  drain(execution);
  const { output } = execution.history().at(-1).executionSucceededEventDetails;
  assert.equal(output, '{"__proto__":{"polluted":true}}');
  assert.ok(Object.hasOwn(execution.trace(2).input, '__proto__'));
  assert.equal({}.polluted, undefined);
}));

test('problems are data, with their places in the text as JavaScript counts', () => withPackage(({ parse, validate }) => {
  const text = '{"Comment": "😀", "StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "C": {"Type": "Succeed"}}}';
  const problem = validate(text).find(({ location }) => location?.startsWith('/States/A'));
  assert.equal(problem.severity, 'error');
  assert.equal(typeof problem.code, 'string');
  assert.match(problem.message, /B/);
  assert.match(problem.location, /\/States\/A/);
  assert.ok(text.slice(problem.range.from, problem.range.to).includes('"B"'), text.slice(problem.range.from, problem.range.to));
  assert.equal(problem.range.line, 1);
  assert.ok(Array.isArray(problem.fixes));
  assert.deepEqual(parse(text).validate(), validate(text));
  assert.ok(parse('{').diagnostics.length > 0);
}));

test('a picture is boxes and lines', () => withPackage(({ layout, parse }) => {
  const definition = parse(TASK);
  const diagram = layout(definition);
  assert.deepEqual(diagram.nodes.map(({ kind }) => kind).sort(), ['End', 'Start', 'Succeed', 'Task']);
  const size = ({ x, y, width, height }) => [x + width <= diagram.width, y + height <= diagram.height];
  for (const { rect } of diagram.nodes) assert.deepEqual(size(rect), [true, true]);
  assert.deepEqual(diagram.edges.map(({ kind }) => kind).sort(), ['End', 'Next', 'Start']);
  assert.ok(diagram.edges.every(({ points }) => points.length >= 2 && Number.isInteger(points[0].x)));
  const sideways = definition.layout({ direction: 'LeftRight' });
  assert.ok(sideways.width > sideways.height);
  assert.equal(layout(parse('[]')), undefined);
}));

test('a wrong call throws an error with a code, and changes nothing', () => withPackage(({ Execution, layout, parse }) => {
  const thrown = (code) => (error) => error instanceof Error && error.name === 'AslError' && error.code === code;
  const broken = parse('{"StartAt": "A", "States": {"A": {"Type": "Pass"}}}');
  assert.throws(() => Execution.start(broken, {}), (error) => {
    assert.ok(thrown('InvalidDefinition')(error));
    assert.match(error.location, /\/States\/A/);
    assert.ok(error.diagnostics.length > 0 && error.message.length > 0);
    return true;
  });
  const definition = parse(TASK);
  for (const [options, pattern] of [[{ seed: -1 }, /seed/], [{ startTime: 0.5 }, /startTime/], [{ type: 'FAST' }, /FAST/]]) {
    assert.throws(() => Execution.start(definition, {}, options), (error) => thrown('InvalidArgument')(error) && pattern.test(error.message));
  }
  assert.throws(() => Execution.start(definition, () => 1), thrown('InvalidArgument'));
  assert.throws(() => layout(definition, { direction: 'Up' }), thrown('InvalidArgument'));
  const execution = Execution.start(definition, { n: 1 }, { startTime: 1000 });
  assert.throws(() => execution.handle({ type: 'AdvanceTo', time: 2000 }), thrown('NotDrained'));
  drain(execution);
  assert.throws(() => execution.handle({ type: 'AdvanceTo', time: 1 }), thrown('TimeWentBackwards'));
  assert.throws(() => execution.handle({ type: 'TaskSuccess', token: 'no', output: 1 }), thrown('UnknownTaskToken'));
  assert.throws(() => execution.handle({ type: 'TaskSuccess', token: 'no' }), thrown('InvalidArgument'));
  assert.throws(() => execution.handle({ type: 'Sing' }), thrown('InvalidArgument'));
  assert.throws(() => execution.redrive(2000), thrown('NotRedrivable'));
  execution.handle({ type: 'StopExecution', error: 'Enough' });
  assert.deepEqual(drain(execution).at(-1), { type: 'Finished', status: 'ABORTED' });
  assert.throws(() => execution.handle({ type: 'AdvanceTo', time: 9000 }), thrown('AlreadyFinished'));
}));

const PAGE = `
import init, { Execution, parse } from "asl-wasm";
import wasm from "asl-wasm/asl_wasm_bg.wasm";
await init({ module_or_path: wasm });
const definition = parse('{"StartAt": "P", "States": {"P": {"Type": "Pass", "Result": "from a bundle", "End": true}}}');
const execution = Execution.start(definition, {});
while (execution.poll().type !== "Finished");
document.querySelector("output").textContent = execution.history().at(-1).executionSucceededEventDetails.output;
`;

const noBrowser = process.env.CHROMIUM === undefined && 'no Chromium: set CHROMIUM to its path';

test('a bundled page runs it', { skip: noBrowser, timeout: 60_000 }, () => withConsumer('asl-wasm', { 'page.js': PAGE }, async (root) => {
  const bundler = join(ROOT, 'web/node_modules/.bin/esbuild');
  const options = ['--bundle', '--format=esm', '--outdir=built', '--loader:.wasm=file', '--public-path=/', '--log-level=warning'];
  execFileSync(bundler, ['page.js', ...options], { cwd: root });
  const html = '<!doctype html><meta charset="utf-8"><output></output><script type="module" src="/page.js"></script>';
  const server = createServer(({ url }, response) => {
    const type = url.endsWith('.wasm') ? 'application/wasm' : url === '/' ? 'text/html' : 'text/javascript';
    const file = join(root, 'built', url);
    if (url !== '/' && !existsSync(file)) return response.writeHead(404).end();
    return response.writeHead(200, { 'content-type': type }).end(url === '/' ? html : readFileSync(file));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { chromium } = createRequire(join(ROOT, 'tests/browser/package.json'))('playwright-core');
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.getByText('"from a bundle"').waitFor();
  } finally {
    await browser.close();
    server.close();
  }
}));
