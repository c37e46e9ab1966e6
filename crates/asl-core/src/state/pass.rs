//! Pass: passes its input on, changed or not.

use asl_json::Value;
use asl_model::QueryLanguage;

use crate::dataflow;
use crate::error::Fault;
use crate::frame::FrameId;
use crate::interpreter::Ctx;
use crate::machine::State;

/// Computes the output and leaves. `Result` is a literal and wins over `Parameters`.
pub(crate) fn enter(ctx: &mut Ctx, frame: FrameId, state: &State, result: Option<&Value>) -> Result<(), Fault> {
    if state.query_language == QueryLanguage::Jsonata {
        let exit = dataflow::exit_with_input(ctx, frame, state)?;
        return ctx.leave(frame, state, exit);
    }
    let effective = dataflow::effective_input(ctx, frame, state)?;
    let made = dataflow::arguments(ctx, frame, state, effective)?;
    let result = result.cloned().unwrap_or(made);
    let exit = dataflow::exit_with_result(ctx, frame, state, result)?;
    ctx.leave(frame, state, exit)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::contract::ExecutionType;
    use crate::testing::Run;

    #[test]
    fn result_is_a_literal_and_wins_over_parameters() {
        let run = Run::states(
            r#"{"A": {"Type": "Pass", "Parameters": {"x.$": "$.n"}, "ResultPath": "$.r", "Next": "B"},
                "B": {"Type": "Pass", "Parameters": {"y": 1}, "Result": {"x.$": "$.n"}, "OutputPath": "$['x.$']", "End": true}}"#,
        );
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 PassStateEntered A {"n":1}
            3<-2 PassStateExited A {"n":1,"r":{"x":1}}
            4<-3 PassStateEntered B {"n":1,"r":{"x":1}}
            5<-4 PassStateExited B "$.n"
            6<-5 ExecutionSucceeded "$.n"
        "#]]
        .assert_eq(&run.input(r#"{"n":1}"#).history());
    }

    #[test]
    fn null_paths_give_an_empty_object_or_keep_the_input() {
        let run = Run::states(
            r#"{"A": {"Type": "Pass", "InputPath": null, "Next": "B"},
                "B": {"Type": "Pass", "Result": 1, "ResultPath": null, "Next": "C"},
                "C": {"Type": "Pass", "OutputPath": null, "End": true}}"#,
        );
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 PassStateEntered A [7]
            3<-2 PassStateExited A {}
            4<-3 PassStateEntered B {}
            5<-4 PassStateExited B {}
            6<-5 PassStateEntered C {}
            7<-6 PassStateExited C {}
            8<-7 ExecutionSucceeded {}
        "#]]
        .assert_eq(&run.input("[7]").history());
    }

    #[test]
    fn variables_are_read_as_of_entry_and_seen_from_the_next_state_on() {
        let run = Run::of(
            r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {
                "A": {"Type": "Pass", "Assign": {"x": 3, "a": 6}, "Next": "B"},
                "B": {"Type": "Pass", "Assign": {"x": "{% $a %}", "nextX": "{% $x %}"}, "Output": "{% $x %}", "Next": "C"},
                "C": {"Type": "Pass", "Output": "{% [$x, $nextX] %}", "End": true}}}"#,
        );
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 PassStateEntered A {}
            3<-2 PassStateExited A {} $x=3 $a=6
            4<-3 PassStateEntered B {}
            5<-4 PassStateExited B 3 $x=6 $nextX=3
            6<-5 PassStateEntered C 3
            7<-6 PassStateExited C [6,3]
            8<-7 ExecutionSucceeded [6,3]
        "#]]
        .assert_eq(&run.history());
    }

    #[test]
    fn a_path_to_nothing_ends_the_execution() {
        let run = Run::states(r#"{"A": {"Type": "Pass", "Parameters": {"v.$": "$.nope"}, "End": true}}"#);
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 PassStateEntered A {}
            3<-2 ExecutionFailed States.Runtime: An error occurred while executing the state 'A' (entered at the event id #2). The JSONPath '$.nope' specified for the field 'v.$' could not be found in the input '{}'
        "#]].assert_eq(&run.history());
    }

    #[test]
    fn a_result_path_that_does_not_apply_is_a_conflict() {
        let run = Run::states(r#"{"A": {"Type": "Pass", "Result": 1, "ResultPath": "$.x", "End": true}}"#);
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 PassStateEntered A []
            3<-2 ExecutionFailed States.ReferencePathConflict: An error occurred while executing the state 'A' (entered at the event id #2). Unable to apply step "x" to input []
        "#]].assert_eq(&run.input("[]").history());
    }

    #[test]
    fn an_oversized_output_ends_the_execution_before_the_state_is_left() {
        let mut run = Run::states(r#"{"A": {"Type": "Pass", "Result": "0123456789", "End": true}}"#);
        run.options.limits.payload_bytes = Some(10);
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 PassStateEntered A {}
            3<-2 ExecutionFailed States.DataLimitExceeded: The state/task 'A' returned a result with a size exceeding the maximum number of bytes service limit.
        "#]].assert_eq(&run.history());
    }

    #[test]
    fn the_event_that_fills_the_history_is_its_last() {
        let mut run = Run::states(r#"{"A": {"Type": "Pass", "Next": "A"}}"#);
        run.options.limits.history_events = Some(6);
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 PassStateEntered A {}
            3<-2 PassStateExited A {}
            4<-3 PassStateEntered A {}
            5<-4 PassStateExited A {}
            6<-5 ExecutionFailed States.Runtime: The execution reached the maximum number of history events (6).
        "#]]
        .assert_eq(&run.history());
    }

    #[test]
    fn the_history_of_an_express_execution_has_no_quota() {
        let mut run = Run::states(r#"{"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}}"#);
        run.options.limits.history_events = Some(3);
        run.options.execution_type = ExecutionType::Express;
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 PassStateEntered A {}
            3<-2 PassStateExited A {}
            4<-3 SucceedStateEntered B {}
            5<-4 SucceedStateExited B {}
            6<-5 ExecutionSucceeded {}
        "#]]
        .assert_eq(&run.history());
    }
}
