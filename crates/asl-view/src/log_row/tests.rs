use asl_json::Value;
use expect_test::{Expect, expect};

use super::*;
use crate::testing::{Recorded, record};

fn check(recorded: &Recorded, expected: &Expect) {
    let timeline = recorded.timeline();
    let rows: Vec<String> = recorded
        .history
        .iter()
        .map(|event| {
            let row = log_row(&timeline, &recorded.history, event);
            let around = match (row.iteration, row.branch) {
                (Some(iteration), _) => format!("[{iteration}]"),
                (None, Some(branch)) => format!("b{branch}"),
                (None, None) => String::new(),
            };
            let indent = "  ".repeat(row.depth as usize);
            let state = row.state.as_deref().unwrap_or("-");
            let line = format!(
                "{} +{} {indent}{state}{around} {} ({}) {}",
                row.id.0,
                row.elapsed_ms,
                row.label,
                row.status.as_str(),
                row.what
            );
            format!("{}\n", line.trim_end())
        })
        .collect();
    expected.assert_eq(&rows.concat());
}

#[test]
fn rows_tell_of_retries_and_catchers() {
    let text = r#"{"StartAt": "Charge", "States": {
        "Charge": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:Charge", "End": true,
            "Retry": [{"ErrorEquals": ["Busy"], "MaxAttempts": 2, "IntervalSeconds": 2}],
            "Catch": [{"ErrorEquals": ["Busy"], "Next": "Refund"}]},
        "Refund": {"Type": "Pass", "Result": 1, "ResultPath": "$.refunded", "Next": "Pause"},
        "Pause": {"Type": "Wait", "Seconds": 30, "Next": "Rich?"},
        "Rich?": {"Type": "Choice", "Choices": [{"Variable": "$.refunded", "NumericGreaterThan": 5, "Next": "Yes"},
            {"Variable": "$.refunded", "NumericEquals": 1, "Next": "No"}], "Default": "Yes"},
        "Yes": {"Type": "Succeed"}, "No": {"Type": "Fail", "Error": "Poor", "Cause": "too poor"}}}"#;
    check(
        &record(text, r#"{"orderId": 7, "total": 12.5}"#, |_| Err("Busy")),
        &expect![[r#"
            1 +0 - Execution started (running) input {orderId, total} 26 B
            2 +0 Charge Task state entered (running) {orderId, total} 26 B
            3 +0 Charge Lambda function scheduled (running) attempt 1 of 3, function:Charge
            4 +0 Charge Lambda function started (running)
            5 +0 Charge Lambda function failed (retrying) Busy: because; wait 2 s, attempt 2 next
            6 +2000 Charge Lambda function scheduled (running) attempt 2 of 3, function:Charge
            7 +2000 Charge Lambda function started (running)
            8 +2000 Charge Lambda function failed (retrying) Busy: because; wait 4 s (2 x 2.0), attempt 3 next
            9 +6000 Charge Lambda function scheduled (running) attempt 3 of 3, function:Charge
            10 +6000 Charge Lambda function started (running)
            11 +6000 Charge Lambda function failed (caught) Busy: because; catcher 1 of 1 (Busy), to Refund
            12 +6000 Charge Task state exited (caught) + $.Error + $.Cause - $.orderId - $.total
            13 +6000 Refund Pass state entered (running) {Error, Cause} 34 B
            14 +6000 Refund Pass state exited (succeeded) + $.refunded
            15 +6000 Pause Wait state entered (waiting) {Error, Cause, refunded} 47 B
            16 +36000 Pause Wait state exited (succeeded) waited 30 s
            17 +36000 Rich? Choice state entered (running) {Error, Cause, refunded} 47 B
            18 +36000 Rich? Choice state exited (succeeded) rule 2: refunded = 1, to No
            19 +36000 No Fail state entered (failed) {Error, Cause, refunded} 47 B
            20 +36000 - Execution failed (failed) Poor: too poor; after 36 s
        "#]],
    );
}

#[test]
fn rows_tell_of_branches_and_iterations() {
    let text = r#"{"StartAt": "Both", "States": {"Both": {"Type": "Parallel", "Next": "Each", "Branches": [
            {"StartAt": "Left", "States": {"Left": {"Type": "Pass", "End": true}}},
            {"StartAt": "Right", "States": {"Right": {"Type": "Pass", "End": true}}}]},
        "Each": {"Type": "Map", "MaxConcurrency": 1, "End": true, "ItemProcessor": {"StartAt": "One", "States": {
            "One": {"Type": "Pass", "End": true}}}}}}"#;
    check(
        &record(text, "5", |_| Ok(Value::Null)),
        &expect![[r#"
        1 +0 - Execution started (running) input 5
        2 +0 Both Parallel state entered (running) 5
        3 +0 Both Parallel state started (running)
        4 +0   Leftb0 Pass state entered (running) 5
        5 +0   Leftb0 Pass state exited (succeeded) unchanged
        6 +0   Rightb1 Pass state entered (running) 5
        7 +0   Rightb1 Pass state exited (succeeded) unchanged
        8 +0 Both Parallel state succeeded (succeeded)
        9 +0 Both Parallel state exited (succeeded) [5,5]
        10 +0 Each Map state entered (running) [5,5]
        11 +0 Each Map state started (running) 2 items, at most 1 at once
        12 +0 Each[0] Map iteration started (running) item 1
        13 +0   One[0] Pass state entered (running) 5
        14 +0   One[0] Pass state exited (succeeded) unchanged
        15 +0 Each[0] Map iteration succeeded (succeeded) item 1
        16 +0 Each[1] Map iteration started (running) item 2
        17 +0   One[1] Pass state entered (running) 5
        18 +0   One[1] Pass state exited (succeeded) unchanged
        19 +0 Each[1] Map iteration succeeded (succeeded) item 2
        20 +0 Each Map state succeeded (succeeded)
        21 +0 Each Map state exited (succeeded) unchanged
        22 +0 - Execution succeeded (succeeded) after 0 s, output [5,5]
    "#]],
    );
}
