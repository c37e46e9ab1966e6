/** What JSON text can say. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

export type ExecutionType = "STANDARD" | "EXPRESS";

export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

/** A problem of a definition's text. Nothing throws because of one. */
export interface Diagnostic {
  /** Stable name of the rule, such as `MISSING_TRANSITION_TARGET`. */
  code: string;
  /** With an `error` CreateStateMachine refuses the definition. */
  severity: "error" | "warning";
  /** One sentence; the service's own words where it has any. */
  message: string;
  /** Where it is in the definition, such as `/States/Pack/Next`. */
  location?: string;
  /** Where it is in the text. */
  range: TextRange;
  /** How to mend it. */
  help?: string;
  /** Edits that mend it without further thought. */
  fixes: Fix[];
}

/** `from` and `to` count UTF-16 units from 0, as strings do; line and column are those of `from`, from 1. */
export interface TextRange { from: number; to: number; line: number; column: number }

export interface Fix { title: string; from: number; to: number; insert: string }

/** What is thrown where a call is wrong: an `Error` with a code. */
export interface AslError extends Error {
  name: "AslError";
  code:
    | "InvalidDefinition"
    | "InvalidArgument"
    | "UnknownTaskToken"
    | "TimeWentBackwards"
    | "NotDrained"
    | "AlreadyFinished"
    | "NotRedrivable";
  /** Of an invalid definition: where the first error is. */
  location?: string;
  /** Of an invalid definition: everything that is wrong with it. */
  diagnostics?: Diagnostic[];
}

export interface ExecutionOptions {
  /** Name of the execution. */
  name?: string;
  type?: ExecutionType;
  /** Virtual time at the start, in milliseconds since the Unix epoch; 0 where it is not given. */
  startTime?: number;
  /** Seed of all dice (jitter, UUIDs, random functions): a whole number from 0 to 2^53 - 1. */
  seed?: number;
  /** Whether to keep what `trace` returns; true where it is not given. */
  trace?: boolean;
}

/** What `poll` found. Poll until it is `Waiting` or `Finished` before the next `handle`. */
export type Output =
  /** An event was appended to the history. */
  | { type: "Event"; id: number }
  /** A task is to be started; answer with an `Input` that carries its token. */
  | { type: "ScheduleTask"; task: TaskRequest }
  /** A task is to be forgotten. */
  | { type: "CancelTask"; token: string }
  /** Nothing to do before an input arrives, or before virtual time has come to `until`. */
  | { type: "Waiting"; until?: number }
  | { type: "Finished"; status: ExecutionStatus };

/** One attempt of a task. */
export interface TaskRequest {
  token: string;
  /** Name of the Task state. */
  state: string;
  /** `Resource` as written. */
  resource: string;
  /** The effective input. */
  input: Json;
  /** 0 for the first attempt. */
  retryCount: number;
  integration:
    | { type: "LambdaFunction" }
    | { type: "Activity" }
    | { type: "Service"; resourceType: string; action: string; pattern: IntegrationPattern };
  timeoutSeconds?: number;
  heartbeatSeconds?: number;
  roleArn?: string;
  executionArn: string;
  /** Index of the innermost Map iteration that it runs in. */
  itemIndex?: number;
}

/** `Sync` and `WaitForTaskToken` are answered twice: `TaskSubmitted` first, then the result. */
export type IntegrationPattern = "RequestResponse" | "Sync" | "Sync2" | "WaitForTaskToken";

/** What happened outside of the execution. */
export type Input =
  /** Virtual time has come this far. */
  | { type: "AdvanceTo"; time: number }
  | { type: "ActivityStarted"; token: string; workerName?: string }
  | { type: "TaskSubmitted"; token: string; output: Json }
  | { type: "TaskSuccess"; token: string; output: Json }
  | { type: "TaskFailure"; token: string; error?: string; cause?: string }
  | { type: "TaskTimedOut"; token: string }
  | { type: "TaskHeartbeat"; token: string }
  | { type: "StopExecution"; error?: string; cause?: string };

/** An event as `GetExecutionHistory` returns it: payloads are JSON text, and the details have the API's names. */
export interface HistoryEvent {
  id: number;
  previousEventId: number;
  /** RFC 3339. */
  timestamp: string;
  type: string;
  [details: `${string}EventDetails`]: { [member: string]: Json };
}

/** What a state's payload looked like at each stage, named as TestState's `inspectionData`. A stage that the state does
 *  not have is left out. */
export interface StateTrace {
  /** Number of the event that entered the state. */
  entered: number;
  input: Json;
  afterInputPath?: Json;
  afterParameters?: Json;
  afterArguments?: Json;
  afterItemsPath?: Json;
  afterItemsPointer?: Json;
  afterItemSelector?: Json;
  afterItemBatcher?: Json;
  result?: Json;
  afterResultSelector?: Json;
  afterResultPath?: Json;
  output?: Json;
  variables?: Json;
  errorDetails?: { error?: string; cause?: string; catchIndex?: number; retryIndex?: number; retryBackoffIntervalSeconds?: number };
}

export interface LayoutOptions {
  direction?: "TopDown" | "LeftRight";
  /** Names of Map and Parallel states whose insides are not drawn. */
  collapsed?: string[];
}

/** Boxes, lines and labels at whole coordinates; nothing lies left of or above the origin. */
export interface Diagram {
  width: number;
  height: number;
  nodes: DiagramNode[];
  edges: DiagramEdge[];
  regions: DiagramRegion[];
}

export interface Rect { x: number; y: number; width: number; height: number }

export interface DiagramNode {
  id: number;
  /** `Type` of the state, or `Start` and `End`. */
  kind: string;
  /** Name of the state; empty for `Start` and `End`. */
  name: string;
  rect: Rect;
  /** Id of the region that it is in. */
  region?: number;
  summary: string;
  /** A sentence for screen readers. */
  description: string;
}

export interface DiagramEdge {
  id: number;
  from: number;
  to: number;
  kind: "Start" | "Next" | "End" | "Choice" | "Default" | "Catch";
  points: { x: number; y: number }[];
  label?: { rect: Rect; lines: string[] };
}

/** The inside of a Map state, or of one branch of a Parallel state. */
export interface DiagramRegion { id: number; node: number; branch?: number; rect: Rect }
