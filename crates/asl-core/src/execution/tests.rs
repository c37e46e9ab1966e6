use expect_test::expect;

use crate::testing::{Answer, Run, show};
use crate::{Command, EventId, ExecutionStatus, HandleError, Input, Output, RunId, TaskToken, Timestamp};

#[test]
fn a_redriven_execution_goes_on_where_it_failed() {
    let mut run = Run::states(
        r#"{"A": {"Type": "Pass", "Result": {"n": 1}, "Next": "T"},
            "T": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Next": "Z"},
            "Z": {"Type": "Pass", "Parameters": {"count.$": "$$.Execution.RedriveCount"}, "End": true}}"#,
    )
    .task("T", &[Answer::Fails("Oops", "why")]);
    let mut execution = run.start();
    run.go_on(&mut execution);
    assert_eq!(execution.status(), ExecutionStatus::Failed);
    execution.redrive(Timestamp(1000)).unwrap();
    run.go_on(&mut execution);
    expect![[r#"
        1<-0 ExecutionStarted
        2<-0 PassStateEntered A {}
        3<-2 PassStateExited A {"n":1}
        4<-3 TaskStateEntered T {"n":1}
        5<-4 TaskScheduled {"n":1}
        6<-5 TaskStarted
        7<-6 TaskFailed Oops: why
        8<-7 ExecutionFailed Oops: why
        +1s
        9<-8 ExecutionRedriven ExecutionRedriven { redrive_count: 1 }
        10<-9 TaskScheduled {"n":1}
        11<-10 TaskStarted
        12<-11 TaskSucceeded {"n":1}
        13<-12 TaskStateExited T {"n":1}
        14<-13 PassStateEntered Z {"n":1}
        15<-14 PassStateExited Z {"count":1}
        16<-15 ExecutionSucceeded {"count":1}
    "#]]
    .assert_eq(&show(execution.history()));
    assert_eq!(execution.redrive(Timestamp(2000)), Err(HandleError::NotRedrivable));
}

#[test]
fn redriving_a_parallel_leaves_the_branches_that_succeeded_alone() {
    let mut run = Run::states(
        r#"{"P": {"Type": "Parallel", "End": true, "Branches": [
            {"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": 1, "End": true}}},
            {"StartAt": "B", "States": {"B": {"Type": "Pass", "Next": "T"},
                "T": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "End": true}}},
            {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 9, "End": true}}}]}}"#,
    )
    .task("T", &[Answer::Fails("Oops", "why")]);
    let mut execution = run.start();
    run.go_on(&mut execution);
    execution.redrive(Timestamp(1000)).unwrap();
    run.go_on(&mut execution);
    expect![[r#"
        1<-0 ExecutionStarted
        2<-0 ParallelStateEntered P {}
        3<-2 ParallelStateStarted
        4<-3 PassStateEntered A {}
        5<-4 PassStateExited A 1
        6<-3 PassStateEntered B {}
        7<-6 PassStateExited B {}
        8<-3 WaitStateEntered W {}
        9<-7 TaskStateEntered T {}
        10<-9 TaskScheduled {}
        11<-10 TaskStarted
        12<-11 TaskFailed Oops: why
        13<-12 TaskStateAborted
        14<-12 WaitStateAborted
        15<-12 ParallelStateFailed
        16<-15 ExecutionFailed Oops: why
        +1s
        17<-16 ExecutionRedriven ExecutionRedriven { redrive_count: 1 }
        18<-17 TaskScheduled {}
        19<-18 TaskStarted
        20<-19 TaskSucceeded {}
        21<-20 TaskStateExited T {}
        +9s
        22<-17 WaitStateExited W {}
        23<-22 ParallelStateSucceeded
        24<-22 ParallelStateExited P [1,{},{}]
        25<-24 ExecutionSucceeded [1,{},{}]
    "#]]
    .assert_eq(&show(execution.history()));
}

#[test]
fn a_stopped_execution_is_aborted_and_its_tasks_are_canceled() {
    let run = Run::states(r#"{"T": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "End": true}}"#);
    let mut execution = run.start();
    let mut open = Vec::new();
    loop {
        match execution.poll() {
            Output::Command(Command::ScheduleTask(request)) => open.push(request.token),
            Output::Command(Command::CancelTask(token)) => open.retain(|other| *other != token),
            Output::Event(_) => {}
            Output::Waiting { .. } => {
                assert_eq!(open.len(), 1);
                let stop = Input::StopExecution {
                    error: Some("Enough".into()),
                    cause: None,
                };
                execution.handle(stop).unwrap();
            }
            Output::Finished(status) => {
                assert_eq!(status, ExecutionStatus::Aborted);
                break;
            }
        }
    }
    assert!(open.is_empty());
    let last = execution.history().last().unwrap();
    assert_eq!(last.previous_event_id, EventId(0));
}

#[test]
fn inputs_that_do_not_fit_are_refused() {
    let run = Run::states(r#"{"W": {"Type": "Wait", "Seconds": 5, "End": true}}"#);
    let mut execution = run.start();
    assert_eq!(
        execution.handle(Input::AdvanceTo(Timestamp(0))),
        Err(HandleError::NotDrained)
    );
    while !matches!(execution.poll(), Output::Waiting { .. }) {}
    let token = TaskToken("nobody".into());
    assert_eq!(
        execution.handle(Input::TaskHeartbeat { token }),
        Err(HandleError::UnknownTaskToken)
    );
    assert_eq!(
        execution.handle(Input::AdvanceTo(Timestamp(-1))),
        Err(HandleError::TimeWentBackwards { now: Timestamp(0) })
    );
    execution.handle(Input::AdvanceTo(Timestamp(9000))).unwrap();
    while !matches!(execution.poll(), Output::Finished(_)) {}
    assert_eq!(execution.history().last().unwrap().timestamp, Timestamp(5000));
    assert_eq!(
        execution.handle(Input::AdvanceTo(Timestamp(9000))),
        Err(HandleError::AlreadyFinished)
    );
}

const DISTRIBUTED: &str = r#"{"M": {"Type": "Map", "End": true, "Label": "each", "MaxConcurrency": 2,
    "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"},
        "Parameters": {"Bucket": "in", "Key": "rows.csv"}},
    "ItemSelector": {"name.$": "$$.Map.Item.Value.name", "from.$": "$$.Map.Item.Source"},
    "ItemBatcher": {"MaxItemsPerBatch": 2, "BatchInput": {"k": 1}},
    "ToleratedFailureCount": 2,
    "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "out", "Prefix": "p"}},
    "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "T", "States": {
        "T": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "End": true}}}}}"#;

fn distributed() -> Run {
    let mut run = Run::states(DISTRIBUTED);
    let rows = "name,age\na,1\nb,2\nc,3\n";
    run.options.objects.put("in", "rows.csv", rows.as_bytes(), Timestamp(0));
    run.options.objects.create_bucket("out");
    run
}

#[test]
fn a_map_run_gives_batches_to_child_executions() {
    let execution = distributed().execute();
    expect![[r#"
        1<-0 ExecutionStarted
        2<-0 MapStateEntered M {}
        3<-2 MapStateStarted 0
        4<-3 MapRunStarted
        5<-4 MapRunSucceeded
        6<-5 MapStateSucceeded
        7<-4 MapStateExited M {"MapRunArn":"arn:aws:states:us-east-1:123456789012:mapRun:StateMachine/each:UUID","ResultWriterDetails":{"Bucket":"out","Key":"p/UUID/manifest.json"}}
        8<-7 ExecutionSucceeded {"MapRunArn":"arn:aws:states:us-east-1:123456789012:mapRun:StateMachine/each:UUID","ResultWriterDetails":{"Bucket":"out","Key":"p/UUID/manifest.json"}}
    "#]].assert_eq(&show(execution.history()).replace(&execution.map_runs()[0].uuid.to_string(), "UUID"));
    let run = &execution.map_runs()[0];
    assert_eq!((run.item_counts.succeeded, run.execution_counts.succeeded), (3, 2));
    let child = execution.child(RunId(2)).unwrap();
    expect![[r#"
        1<-0 ExecutionStarted
        2<-0 TaskStateEntered T {"BatchInput":{"k":1},"Items":[{"name":"c","from":"S3://in/rows.csv"}]}
        3<-2 TaskScheduled {"BatchInput":{"k":1},"Items":[{"name":"c","from":"S3://in/rows.csv"}]}
        4<-3 TaskStarted
        5<-4 TaskSucceeded {"BatchInput":{"k":1},"Items":[{"name":"c","from":"S3://in/rows.csv"}]}
        6<-5 TaskStateExited T {"BatchInput":{"k":1},"Items":[{"name":"c","from":"S3://in/rows.csv"}]}
        7<-6 ExecutionSucceeded {"BatchInput":{"k":1},"Items":[{"name":"c","from":"S3://in/rows.csv"}]}
    "#]]
    .assert_eq(&show(child.history()));
    assert!(
        child
            .arn
            .starts_with("arn:aws:states:us-east-1:123456789012:execution:StateMachine/each:")
    );
    let keys: Vec<String> = execution
        .objects()
        .list("out", "")
        .map(|(key, _)| key.replace(&*run.uuid, "UUID"))
        .collect();
    assert_eq!(keys, ["p/UUID/SUCCEEDED_0.json", "p/UUID/manifest.json"]);
}

#[test]
fn a_map_run_fails_beyond_what_it_tolerates() {
    let fails = [Answer::Succeeds("1"), Answer::Fails("E", "c")];
    let execution = distributed().task("T", &fails).execute();
    assert_eq!(execution.status(), ExecutionStatus::Succeeded);
    let fails = [Answer::Fails("E", "c"), Answer::Fails("E", "c")];
    let execution = distributed().task("T", &fails).execute();
    expect![[r#"
        1<-0 ExecutionStarted
        2<-0 MapStateEntered M {}
        3<-2 MapStateStarted 0
        4<-3 MapRunStarted
        5<-4 MapRunFailed States.ExceedToleratedFailureThreshold: The specified tolerated failure threshold was exceeded
        6<-5 MapStateFailed
        7<-6 ExecutionFailed States.ExceedToleratedFailureThreshold: The specified tolerated failure threshold was exceeded
    "#]].assert_eq(&show(execution.history()));
    assert_eq!(execution.map_runs()[0].status, ExecutionStatus::Failed);
}
