//! Runs one JavaScript function: in an engine of its own, within limits of time and memory.
//!
//! A snippet is a module with a default export or an export named `handler`, or a bare function expression. The function
//! is called with `(event, context)` and may be `async`. It finds no clock and no dice but those it is given: `Math.random`
//! is seeded, `Date` shows virtual time, and `setTimeout` lets virtual time pass, not real time.

use std::time::{Duration, Instant};

use asl_core::Timestamp;
use asl_host::FunctionError;
use asl_json::Value;
use rquickjs::{CatchResultExt, CaughtError, Context, Ctx, Function, Module, Runtime};

/// What one call may use up, and the circumstances it sees.
#[derive(Clone, Debug)]
pub struct CallOptions {
    /// How long it may take in real time.
    pub most_time: Duration,
    /// How much memory its engine may take.
    pub most_bytes: usize,
    /// What `Date` shows.
    pub now: Timestamp,
    /// Seed of `Math.random`.
    pub seed: u64,
}

impl Default for CallOptions {
    fn default() -> CallOptions {
        CallOptions {
            most_time: Duration::from_secs(5),
            most_bytes: 128 << 20,
            now: Timestamp(0),
            seed: 0,
        }
    }
}

/// What a function returned, and how long it took.
#[derive(Clone, Debug, PartialEq)]
pub struct Returned {
    /// What it returned; `null` for `undefined`.
    pub value: Value,
    /// The virtual milliseconds that it let pass.
    pub after_ms: i64,
}

/// Why a call gave no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallError {
    /// The function threw.
    Threw(FunctionError),
    /// It did not end within its time.
    OutOfTime,
}

/// Calls a snippet's function.
///
/// # Errors
///
/// Where the function throws, does not end, or where the snippet is no function.
pub fn call(source: &str, event: &Value, context: &Value, options: &CallOptions) -> Result<Returned, CallError> {
    let deadline = Instant::now() + options.most_time;
    let outcome = run(source, event, context, options, deadline);
    match outcome {
        Err(_) if Instant::now() >= deadline => Err(CallError::OutOfTime),
        Err(error) => Err(CallError::Threw(error)),
        Ok(returned) => Ok(returned),
    }
}

fn run(
    source: &str,
    event: &Value,
    context: &Value,
    options: &CallOptions,
    deadline: Instant,
) -> Result<Returned, FunctionError> {
    let engine_failed = |error: rquickjs::Error| named("Runtime.EngineError", &error.to_string());
    let runtime = Runtime::new().map_err(engine_failed)?;
    runtime.set_memory_limit(options.most_bytes);
    runtime.set_max_stack_size(512 << 10);
    runtime.set_interrupt_handler(Some(Box::new(move || Instant::now() >= deadline)));
    let engine = Context::full(&runtime).map_err(engine_failed)?;
    let (text, after_ms) = engine.with(|ctx| {
        let timers: Function<'_> = ctx.eval(prelude(options)).catch(&ctx).map_err(|error| thrown(&error))?;
        let function = function_of(&ctx, source)?;
        let called = call_function(&ctx, &function, &timers, event, context);
        called.catch(&ctx).map_err(|error| thrown(&error))
    })?;
    match asl_json::parse_value(&text) {
        Ok(value) => Ok(Returned { value, after_ms }),
        Err(error) => Err(named(
            "Runtime.MarshalError",
            &format!("The result is not JSON: {error}"),
        )),
    }
}

/// Returns the function that a snippet exports or is.
fn function_of<'js>(ctx: &Ctx<'js>, source: &str) -> Result<Function<'js>, FunctionError> {
    let exported = evaluate_module(ctx, source);
    if let Ok(Some(function)) = exported {
        return Ok(function);
    }
    // Not a module with a function: a bare function expression, or nothing we can call. The module's own error tells
    // more about what was written than that of the wrapped text.
    let expression = source.trim().trim_end_matches(';');
    let wrapped = evaluate_module(ctx, &format!("export default (\n{expression}\n);"));
    match (exported, wrapped) {
        (_, Ok(Some(function))) => Ok(function),
        (Err(error), _) => Err(error),
        (Ok(_), _) => Err(named(
            "Runtime.HandlerNotFound",
            "The snippet exports no function: write `export default async (event, context) => ...`.",
        )),
    }
}

fn evaluate_module<'js>(ctx: &Ctx<'js>, source: &str) -> Result<Option<Function<'js>>, FunctionError> {
    let evaluated = Module::declare(ctx.clone(), "mock.js", source).and_then(|module| {
        let (module, done) = module.eval()?;
        done.finish::<()>()?;
        Ok(module)
    });
    let module = evaluated.catch(ctx).map_err(|error| thrown(&error))?;
    let export = |name: &str| module.get::<_, Function<'js>>(name).ok();
    let function = export("default").or_else(|| export("handler"));
    if function.is_none() {
        // A failed look-up leaves an exception behind.
        ctx.catch();
    }
    Ok(function)
}

/// Calls the function and returns its result as JSON text and the virtual milliseconds that passed. `timers` calls back
/// the first timer that is set, or with `true` tells how much time has passed.
fn call_function<'js>(
    ctx: &Ctx<'js>,
    function: &Function<'js>,
    timers: &Function<'js>,
    event: &Value,
    context: &Value,
) -> rquickjs::Result<(String, i64)> {
    let event = ctx.json_parse(event.to_string())?;
    let context = ctx.json_parse(context.to_string())?;
    let returned: rquickjs::Value<'js> = function.call((event, context))?;
    let value = match returned.as_promise() {
        None => returned.clone(),
        Some(promise) => loop {
            match promise.finish() {
                Err(rquickjs::Error::WouldBlock) if timers.call::<_, bool>((false,))? => {}
                settled => break settled?,
            }
        },
    };
    let passed: f64 = timers.call((true,))?;
    let text = match ctx.json_stringify(value)? {
        Some(text) => text.to_string()?,
        None => "null".to_owned(),
    };
    #[expect(clippy::cast_possible_truncation, reason = "casts of floats saturate")]
    Ok((text, passed as i64))
}

/// Returns the script that sets the stage; its value is the function that `call_function` calls `timers`.
fn prelude(options: &CallOptions) -> String {
    let (now, seed) = (options.now.0, options.seed & 0xffff_ffff);
    format!(
        "(() => {{
        let now = {now}, set = 0, state = {seed} | 0;
        const start = now, timers = new Map(), Clock = Date;
        globalThis.Date = class Date extends Clock {{
            constructor(...parts) {{ if (parts.length) super(...parts); else super(now); }}
            static now() {{ return now; }}
        }};
        Math.random = () => {{
            state = (state + 0x6D2B79F5) | 0;
            let t = Math.imul(state ^ (state >>> 15), 1 | state);
            t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
            return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
        }};
        globalThis.setTimeout = (callback, delay, ...rest) => {{
            const due = now + Math.max(0, Math.trunc(Number(delay)) || 0);
            timers.set(++set, {{ due, callback: () => callback(...rest) }});
            return set;
        }};
        globalThis.clearTimeout = (id) => {{ timers.delete(id); }};
        const quiet = () => {{}};
        globalThis.console = {{ log: quiet, info: quiet, warn: quiet, error: quiet, debug: quiet }};
        return (tell) => {{
            if (tell) return now - start;
            let first;
            for (const [id, timer] of timers) if (!first || timer.due < first.due) first = {{ id, ...timer }};
            if (!first) return false;
            timers.delete(first.id);
            now = Math.max(now, first.due);
            first.callback();
            return true;
        }};
        }})()"
    )
}

fn named(name: &str, message: &str) -> FunctionError {
    FunctionError {
        name: name.to_owned(),
        message: message.to_owned(),
        trace: Vec::new(),
    }
}

fn thrown(error: &CaughtError<'_>) -> FunctionError {
    match error {
        CaughtError::Exception(exception) => {
            let name = exception.as_object().get::<_, String>("name");
            let stack = exception.stack().unwrap_or_default();
            FunctionError {
                name: name.unwrap_or_else(|_| "Error".to_owned()),
                message: exception.message().unwrap_or_default(),
                trace: stack.lines().map(|line| line.trim().to_owned()).collect(),
            }
        }
        CaughtError::Value(value) => {
            let text = value.as_string().and_then(|text| text.to_string().ok());
            named(value.type_name(), &text.unwrap_or_default())
        }
        CaughtError::Error(rquickjs::Error::WouldBlock) => named(
            "Runtime.ExitError",
            "The function returned a promise that is never settled.",
        ),
        CaughtError::Error(error) => named("Runtime.EngineError", &error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, event: &str) -> Result<String, CallError> {
        let event = asl_json::parse_value(event).unwrap();
        let context = asl_json::parse_value(r#"{"functionName": "f"}"#).unwrap();
        let options = CallOptions {
            most_time: Duration::from_millis(300),
            ..CallOptions::default()
        };
        call(source, &event, &context, &options).map(|returned| returned.value.to_string())
    }

    fn error(source: &str) -> FunctionError {
        match check(source, "{}") {
            Err(CallError::Threw(error)) => error,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_shape_of_a_snippet_runs() {
        for source in [
            "export default async (event, context) => event.n + 1",
            "export const handler = async (event) => { return event.n + 1; };",
            "export function handler(event) { return event.n + 1; }",
            "(event) => event.n + 1",
            "async function (event) { await null; return event.n + 1 };",
        ] {
            assert_eq!(check(source, r#"{"n": 1}"#).as_deref(), Ok("2"), "{source}");
        }
    }

    #[test]
    fn nothing_returned_is_null() {
        assert_eq!(check("() => {}", "{}").as_deref(), Ok("null"));
    }

    #[test]
    fn a_thrown_error_keeps_its_name_and_message() {
        let source = "export default () => { const e = new Error('no'); e.name = 'Refused'; throw e; }";
        let error = error(source);
        assert_eq!((error.name.as_str(), error.message.as_str()), ("Refused", "no"));
    }

    #[test]
    fn a_rejected_promise_throws_too() {
        assert_eq!(error("async () => { throw new TypeError('t') }").name, "TypeError");
        assert_eq!(error("() => { throw 'text' }").message, "text");
    }

    #[test]
    fn a_syntax_error_is_reported_as_written() {
        assert_eq!(error("export default (event) => {").name, "SyntaxError");
        assert_eq!(error("export const x = 1").name, "Runtime.HandlerNotFound");
    }

    #[test]
    fn endless_loops_and_promises_end() {
        assert_eq!(check("() => { while (true); }", "{}"), Err(CallError::OutOfTime));
        assert_eq!(error("() => new Promise(() => {})").name, "Runtime.ExitError");
        let waiting = "async () => { await new Promise(r => setTimeout(r, 1e9)); return 1 }";
        assert_eq!(check(waiting, "{}").as_deref(), Ok("1"));
    }

    #[test]
    fn timers_let_virtual_time_pass_in_their_order() {
        let source = "async () => {
            const seen = [], wait = (ms) => new Promise((done) => setTimeout(() => { seen.push(ms); done(); }, ms));
            await Promise.all([wait(3000), wait(1000)]);
            clearTimeout(setTimeout(() => seen.push('never'), 1));
            return [...seen, Date.now()];
        }";
        let (event, options) = (Value::Null, CallOptions::default());
        let returned = call(source, &event, &event, &options).unwrap();
        assert_eq!(
            (returned.value.to_string().as_str(), returned.after_ms),
            ("[1000,3000,3000]", 3000)
        );
    }

    #[test]
    fn memory_is_bounded() {
        let hungry = "() => { const all = []; for (;;) all.push(new Array(1e6).fill(1)); }";
        assert!(check(hungry, "{}").is_err());
    }

    #[test]
    fn clock_and_dice_are_given() {
        let source = "() => [new Date().toISOString(), Date.now(), Math.random() === Math.random()]";
        assert_eq!(
            check(source, "{}").as_deref(),
            Ok(r#"["1970-01-01T00:00:00.000Z",0,false]"#)
        );
    }
}
