/**
 * `globalThis.aslPlayground`: what the page's Rust code finds in JavaScript. `boot.js` sets it up before the wasm of the
 * page starts, so every function is there from the first line of `main`.
 *
 * In Rust: `#[wasm_bindgen] extern "C" { #[wasm_bindgen(js_namespace = aslPlayground)] fn createEditor(...); }`
 */
declare global {
  var aslPlayground: AslPlayground;
}

export interface AslPlayground {
  /**
   * Puts an editor into an empty element. The editor owns text and caret from then on.
   * Resolves at once for JSON; the first editor of language "javascript" loads that language first.
   */
  createEditor(parent: HTMLElement, options: EditorOptions): EditorHandle;

  /**
   * Starts the engine Worker. `onReply` gets the bytes of one `EngineReply` per call, in order; `onFailure` gets a
   * sentence when the engine cannot be loaded or dies (offline, too old a browser, out of memory).
   */
  startEngine(onReply: (reply: Uint8Array) => void, onFailure: (reason: string) => void): EngineHandle;

  /**
   * Asks the files Worker: bytes of a `FilesRequest` in, bytes of a `FilesReply` out. Rejects with a sentence where the
   * Worker cannot be loaded, stops, or takes too long; the next question starts another one.
   */
  askFiles(request: Uint8Array): Promise<Uint8Array>;

  /**
   * Fetches the file of a GitHub gist that holds a state machine; `path` is the gist's id, or `id/revision`. Rejects
   * with a sentence where there is none, or GitHub does not answer.
   */
  fetchGist(path: string): Promise<File>;
}

export interface EditorOptions {
  /** Accessible name. */
  label: string;
  language: "json" | "javascript" | "plain";
  text: string;
  readOnly?: boolean;
  /** Shown while the editor is empty. */
  placeholder?: string;
  /** Changes that the reader made, at once; never called for `setText`. Offsets are UTF-16 units of the text before. */
  onChange?: (changes: TextChange[], text: () => string) => void;
  /** The main selection moved by the reader's hand (caret: `from === to`). */
  onSelect?: (from: number, to: number) => void;
  /** A state was given another name everywhere, or that was undone; after `onChange`. Needed where `ask` is. */
  onRename?: (from: string, to: string) => void;
  /**
   * Asks the engine about the text as it is now; resolves to JSON text of the shape beside each kind, or to null. Editors
   * without it give no help. `name` is for "rename" alone.
   */
  ask?: (kind: keyof Answers, offset: number, name: string) => Promise<string | null>;
  onFocus?: () => void;
}

export interface TextChange { from: number; to: number; insert: string }

/** Answers to questions about the text, as `web/engine/src/assist/answer.rs` writes them. Ranges are `[from, to]`. */
export interface Answers {
  complete: { from: number; replace: Range; items: Proposal[] };
  hover: { at: Range; title: string; value: string | null } & Help | null;
  symbol: { title: string; name: string; at: Range; definitions: Place[]; references: Place[] } | null;
  rename: { edits: TextChange[] } | { error: string };
  format: { edits: TextChange[] } | { error: string };
  /** The states that take up several lines. */
  folds: Range[];
  /** The states, indented as they are nested. */
  outline: Place[];
}

export type Range = [from: number, to: number];

/** `fields` are parts of `insert` that the reader fills in, one after the other. */
export type Proposal = { label: string; kind: string; insert: string; fields: Range[]; detail: string } & Help;

/** A few sentences, and where to read on; either may be empty. */
export interface Help { text: string; source: string }

/** `line` counts from 1; `text` is what a list shows. */
export interface Place { at: Range; line: number; text: string }

export interface EditorDiagnostic {
  from: number;
  to: number;
  severity: "error" | "warning" | "hint";
  message: string;
  /** Shown before the message, such as a diagnostic code. */
  source?: string;
  fixes?: { title: string; edits: TextChange[] }[];
}

export interface EditorHandle {
  text(): string;
  /** Replaces the document; undo history starts anew unless `keepHistory`. Does not call `onChange`. */
  setText(text: string, keepHistory?: boolean): void;
  /** Applies changes as one undo step, as if the reader had typed them (calls `onChange`). */
  applyChanges(changes: TextChange[]): void;
  /** Replaces all squiggles and gutter marks. Ranges outside the text are clipped. */
  setDiagnostics(diagnostics: EditorDiagnostic[]): void;
  /** Selects a range and scrolls it into view; the focus stays where it is unless `focus`. */
  select(from: number, to: number, focus?: boolean): void;
  /** Marks a range with the CSS class `cm-aslMark`, such as the state selected in the diagram; `mark(0, 0)` unmarks. */
  mark(from: number, to: number): void;
  /** Goes to the next or previous diagnostic; returns false where there is none. */
  nextDiagnostic(direction?: 1 | -1): boolean;
  /** Brings the text into its canonical form; editors with `ask` only. */
  format(): void;
  setReadOnly(readOnly: boolean): void;
  focus(): void;
  destroy(): void;
}

export interface EngineHandle {
  /** Sends the bytes of one `EngineRequest`. Requests sent before the engine is there wait. */
  send(request: Uint8Array): void;
  /**
   * Answer to `SandboxNeeded`: opens a sandboxed frame and hands its port to the engine. `onUnsupported` gets a
   * sentence where the browser cannot run it; answer with `SandboxUnavailable` then. Nobody else calls it: code of a
   * mock runs only after the reader pressed Run.
   */
  openSandbox(sandbox: number, onUnsupported: (reason: string) => void): void;
  /** Answer to `SandboxDone`: removes the frame and everything that still runs inside. */
  closeSandbox(sandbox: number): void;
  /** Ends the Worker and the sandboxes. */
  terminate(): void;
}

/**
 * Colors of the editor come from CSS custom properties of the page, so light and dark need no call:
 * --editor-background --editor-text --editor-muted --editor-gutter --editor-caret --editor-selection --editor-active-line
 * --editor-match --editor-mark --editor-border --editor-key --editor-string --editor-number --editor-literal
 * --editor-keyword --editor-comment --editor-error --editor-warning --editor-hint --editor-tooltip --editor-font
 * --editor-font-size. Each has a fallback.
 */
export {};
