// What one call may use up. The engine's watchdog bounds time and memory; these bound what is sent back.

/** Characters of a result: the service's quota for a payload. */
export const RESULT_LENGTH = 262144;
/** Console lines of one call. */
export const CONSOLE_LINES = 200;
/** Characters of one console line. */
export const CONSOLE_LINE_LENGTH = 2000;
/** Timers that one call may set or repeat. */
export const TIMERS = 10000;
/** Characters of an error's name, and of its message and stack. */
export const ERROR_NAME_LENGTH = 256;
export const ERROR_TEXT_LENGTH = 4000;
