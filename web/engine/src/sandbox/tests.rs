use super::*;

const READY: &str = r#"{"t":"ready","v":1,"kept":""}"#;

fn call(id: u8, source: &str) -> Call<u8> {
    let arguments = CallArguments {
        event: Value::Null,
        context: Value::empty_object(),
        now_ms: 0,
        seed: 1,
    };
    Call {
        id,
        state: "Charge".into(),
        source: source.into(),
        arguments,
    }
}

/// Opens sandbox 1 and has one mock loaded and called there.
fn calling() -> Sandbox<u8> {
    let mut sandbox = Sandbox::default();
    sandbox.call(call(1, "a"), 0);
    sandbox.receive(1, READY, 0);
    sandbox.receive(1, r#"{"t":"loaded","id":0}"#, 0);
    sandbox
}

fn errands(sandbox: &mut Sandbox<u8>) -> Vec<Errand> {
    std::iter::from_fn(|| sandbox.take_errand()).collect()
}

fn sent(errands: &[Errand]) -> Vec<String> {
    let text = |errand: &Errand| match errand {
        Errand::Send(text) => text.split(',').take(2).collect::<Vec<_>>().join(","),
        other => format!("{other:?}"),
    };
    errands.iter().map(text).collect()
}

#[test]
fn a_mock_is_loaded_once_and_called_in_turn() {
    let mut sandbox = calling();
    sandbox.call(call(2, "a"), 0);
    sandbox.receive(1, r#"{"t":"ok","n":1,"elapsed":30000,"logs":[],"out":"7"}"#, 10);
    let ended = sandbox.take_ended().unwrap();
    assert_eq!(
        (ended.id, ended.elapsed_ms, ended.outcome),
        (1, 30_000, Outcome::Returned(Value::from(7)))
    );
    let expected = [
        "Open(1)",
        r#"{"t":"load","id":0"#,
        r#"{"t":"call","n":1"#,
        r#"{"t":"call","n":2"#,
    ];
    assert_eq!(sent(&errands(&mut sandbox)), expected);
}

#[test]
fn a_mock_that_does_not_load_fails_its_call() {
    let mut sandbox = Sandbox::default();
    sandbox.call(call(1, "("), 0);
    sandbox.receive(1, READY, 0);
    let text = r#"{"t":"loaderr","id":0,"name":"SyntaxError","message":"no","line":0,"stack":""}"#;
    sandbox.receive(1, text, 0);
    assert_eq!(
        sandbox.take_ended().unwrap().outcome,
        Outcome::Threw(thrown("SyntaxError", "no"))
    );
}

#[test]
fn a_call_without_end_is_stopped_and_the_next_gets_a_new_sandbox() {
    let mut sandbox = calling();
    sandbox.call(call(2, "b"), 0);
    assert_eq!(sandbox.deadline_us(), Some(1_000_000));
    sandbox.watch(999_999);
    assert_eq!(sandbox.take_ended(), None);
    sandbox.watch(1_000_000);
    let ended = sandbox.take_ended().unwrap();
    assert_eq!((ended.id, ended.outcome), (1, Outcome::OutOfTime));
    let errands = errands(&mut sandbox);
    assert_eq!(errands[errands.len() - 2..], [Errand::Close(1), Errand::Open(2)]);
    sandbox.receive(1, r#"{"t":"ok","n":1,"elapsed":0,"logs":[],"out":"1"}"#, 1_000_001);
    assert_eq!(sandbox.take_ended(), None, "the old sandbox has nothing more to say");
    sandbox.receive(2, READY, 1_000_002);
    assert_eq!(sent(&super::tests::errands(&mut sandbox)), [r#"{"t":"load","id":0"#]);
}

#[test]
fn answers_that_were_not_asked_for_end_the_sandbox() {
    for text in [
        r#"{"t":"ok","n":2,"elapsed":0,"logs":[],"out":"1"}"#,
        r#"{"t":"loaded","id":0}"#,
        READY,
        "nonsense",
    ] {
        let mut sandbox = calling();
        sandbox.receive(1, text, 5);
        let Outcome::Threw(error) = sandbox.take_ended().unwrap().outcome else {
            panic!("{text}")
        };
        assert_eq!(error.name, "Mock.Misbehaved", "{text}");
        assert_eq!(errands(&mut sandbox).last(), Some(&Errand::Close(1)), "{text}");
    }
}

#[test]
fn all_calls_of_a_run_together_have_ten_seconds() {
    let mut sandbox = Sandbox::default();
    let mut now = 0;
    for number in 1..=10 {
        sandbox.call(call(number, "loop"), now);
        sandbox.receive(number.into(), READY, now);
        sandbox.receive(number.into(), r#"{"t":"loaded","id":0}"#, now);
        now += 1_000_000;
        sandbox.watch(now);
        assert_eq!(sandbox.take_ended().unwrap().outcome, Outcome::OutOfTime);
    }
    sandbox.call(call(11, "loop"), now);
    let Outcome::Threw(error) = sandbox.take_ended().unwrap().outcome else {
        panic!("called")
    };
    assert_eq!(error.name, "Mock.OutOfTime");
}

#[test]
fn a_page_without_sandboxes_fails_every_call() {
    let mut sandbox = Sandbox::default();
    sandbox.call(call(1, "a"), 0);
    sandbox.fail(1, "No frames here.".into(), 0);
    sandbox.call(call(2, "a"), 0);
    for id in [1, 2] {
        let ended = sandbox.take_ended().unwrap();
        let error = thrown("Mock.SandboxUnavailable", "No frames here.");
        assert_eq!((ended.id, ended.outcome), (id, Outcome::Threw(error)));
    }
}

#[test]
fn a_reset_forgets_calls_and_closes_the_sandbox() {
    let mut sandbox = calling();
    errands(&mut sandbox);
    sandbox.reset();
    assert_eq!(errands(&mut sandbox), [Errand::Close(1)]);
    assert_eq!((sandbox.take_ended(), sandbox.deadline_us()), (None, None));
}
