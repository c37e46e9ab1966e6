/**
 * Defines the element. `home` is the folder of a playground, with a slash at its end, such as
 * `https://example.org/asl-playground/`. A second call for the same name changes nothing.
 */
export function define(home: string | URL, name?: string): void;

/** `<asl-playground>`. Attributes are described in the playground's docs/embedding.md. */
export interface AslPlaygroundElement extends HTMLElement {
  /** Loads the playground in place of what the element shows; `isPressed` runs it as if the reader had pressed Run. */
  open(isPressed?: boolean): Promise<void>;
  /** Presses Run; needs the attribute `allow-api`. */
  run(): void;
  /** Picks an event of the run by its number; needs the attribute `allow-api`. */
  seek(event: number): void;
  addEventListener<K extends keyof AslPlaygroundEvents>(
    type: K,
    listener: (this: AslPlaygroundElement, event: CustomEvent<AslPlaygroundEvents[K]>) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** What the element tells, by the type of the event: its `detail`. */
export interface AslPlaygroundEvents {
  /** The playground is on the screen. */
  ready: null;
  /** A run has ended. */
  "run-finished": { status: "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED"; events: number };
  /** The playground cannot be had; the element shows what it holds. */
  error: { message: string };
}

declare global {
  interface HTMLElementTagNameMap {
    "asl-playground": AslPlaygroundElement;
  }
}
