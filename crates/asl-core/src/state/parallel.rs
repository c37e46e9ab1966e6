//! Parallel: runs branches at the same time.

use crate::dataflow;
use crate::error::Fault;
use crate::frame::{FrameId, Phase};
use crate::history::{Details, EventType};
use crate::interpreter::Ctx;
use crate::machine::{BodyId, State};
use crate::region::{self, Region, Start};

/// Starts every branch with the same input.
pub(crate) fn enter(ctx: &mut Ctx, frame: FrameId, state: &State, branches: &[BodyId]) -> Result<(), Fault> {
    region::discard_inside(ctx, frame);
    let effective = dataflow::effective_input(ctx, frame, state)?;
    let input = dataflow::arguments(ctx, frame, state, effective)?;
    let previous = ctx.log(frame, EventType::ParallelStateStarted, Details::None);
    ctx.frames[frame].region = Some(Box::new(Region::of(branches.len())));
    if branches.is_empty() {
        ctx.queue(frame, Phase::Joined);
        return Ok(());
    }
    ctx.set_phase(frame, Phase::Joining);
    for (index, body) in branches.iter().enumerate() {
        let start = Start {
            body: *body,
            input: input.clone(),
            item: None,
            previous,
        };
        region::start_child(ctx, frame, index, start);
    }
    Ok(())
}

/// Leaves with the outputs of the branches, in the order of the definition.
pub(crate) fn resume(ctx: &mut Ctx, frame: FrameId, state: &State) -> Result<(), Fault> {
    region::join(ctx, frame, state, EventType::ParallelStateSucceeded)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::testing::{Answer, Run};

    const TWO: &str = r#"{"P": {"Type": "Parallel", "End": true, "Branches": [
        {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true}}},
        {"StartAt": "B", "States": {"B": {"Type": "Wait", "Seconds": 5, "Next": "C"}, "C": {"Type": "Pass", "Result": 2, "End": true}}}],
        "Retry": [{"ErrorEquals": ["Again"], "MaxAttempts": 1}],
        "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.e", "Next": "D"}]},
        "D": {"Type": "Pass", "End": true}}"#;

    #[test]
    fn outputs_come_in_the_order_of_the_branches() {
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 ParallelStateEntered P {}
            3<-2 ParallelStateStarted
            4<-3 TaskStateEntered A {}
            5<-4 TaskScheduled {}
            6<-3 WaitStateEntered B {}
            7<-5 TaskStarted
            8<-7 TaskSucceeded {}
            9<-8 TaskStateExited A {}
            +5s
            10<-6 WaitStateExited B {}
            11<-10 PassStateEntered C {}
            12<-11 PassStateExited C 2
            13<-12 ParallelStateSucceeded
            14<-12 ParallelStateExited P [{},2]
            15<-14 ExecutionSucceeded [{},2]
        "#]]
        .assert_eq(&Run::states(TWO).history());
    }

    #[test]
    fn a_failing_branch_cuts_the_others_short() {
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 ParallelStateEntered P {}
            3<-2 ParallelStateStarted
            4<-3 TaskStateEntered A {}
            5<-4 TaskScheduled {}
            6<-3 WaitStateEntered B {}
            7<-5 TaskStarted
            8<-7 TaskFailed Oops: why
            9<-8 TaskStateAborted
            10<-8 WaitStateAborted
            11<-8 ParallelStateFailed
            12<-11 ParallelStateExited P {"e":{"Error":"Oops","Cause":"why"}}
            13<-12 PassStateEntered D {"e":{"Error":"Oops","Cause":"why"}}
            14<-13 PassStateExited D {"e":{"Error":"Oops","Cause":"why"}}
            15<-14 ExecutionSucceeded {"e":{"Error":"Oops","Cause":"why"}}
        "#]]
        .assert_eq(&Run::states(TWO).task("A", &[Answer::Fails("Oops", "why")]).history());
    }

    #[test]
    fn a_retry_begins_all_branches_again() {
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 ParallelStateEntered P {}
            3<-2 ParallelStateStarted
            4<-3 TaskStateEntered A {}
            5<-4 TaskScheduled {}
            6<-3 WaitStateEntered B {}
            7<-5 TaskStarted
            8<-7 TaskFailed Again: why
            9<-8 TaskStateAborted
            10<-8 WaitStateAborted
            +1s
            11<-8 ParallelStateStarted
            12<-11 TaskStateEntered A {}
            13<-12 TaskScheduled {}
            14<-11 WaitStateEntered B {}
            15<-13 TaskStarted
            16<-15 TaskSucceeded {}
            17<-16 TaskStateExited A {}
            +5s
            18<-14 WaitStateExited B {}
            19<-18 PassStateEntered C {}
            20<-19 PassStateExited C 2
            21<-20 ParallelStateSucceeded
            22<-20 ParallelStateExited P [{},2]
            23<-22 ExecutionSucceeded [{},2]
        "#]]
        .assert_eq(&Run::states(TWO).task("A", &[Answer::Fails("Again", "why")]).history());
    }

    #[test]
    fn a_runtime_error_inside_ends_the_execution_at_once() {
        let run = Run::states(
            r#"{"P": {"Type": "Parallel", "End": true, "Branches": [
                {"StartAt": "A", "States": {"A": {"Type": "Pass", "InputPath": "$.no", "End": true}}}],
                "Catch": [{"ErrorEquals": ["States.ALL", "States.Runtime"], "Next": "P"}]}}"#,
        );
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 ParallelStateEntered P {}
            3<-2 ParallelStateStarted
            4<-3 PassStateEntered A {}
            5<-4 ExecutionFailed States.Runtime: An error occurred while executing the state 'A' (entered at the event id #4). Invalid path '$.no' : No results for path: $['no']
        "#]].assert_eq(&run.history());
    }

    #[test]
    fn a_catcher_that_fails_fails_the_state_again() {
        let run = Run::of(
            r#"{"QueryLanguage": "JSONata", "StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Branches": [
                {"StartAt": "A", "States": {"A": {"Type": "Fail", "Error": "E"}}}],
                "Catch": [{"ErrorEquals": ["X"], "Next": "P"}, {"ErrorEquals": ["E"], "Output": {"v": "{% $no %}"}, "Next": "P"}]}}}"#,
        );
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 ParallelStateEntered P {}
            3<-2 ParallelStateStarted
            4<-3 FailStateEntered A {}
            5<-4 ParallelStateFailed
            6<-4 EvaluationFailed Catch[1]/Output/v An error occurred while executing the state 'P' (entered at the event id #2). The JSONata expression '$no' specified for the field 'Catch[1]/Output/v' returned nothing (undefined).
            7<-6 ParallelStateFailed
            8<-7 ExecutionFailed States.QueryEvaluationError: An error occurred while executing the state 'P' (entered at the event id #2). The JSONata expression '$no' specified for the field 'Catch[1]/Output/v' returned nothing (undefined).
        "#]].assert_eq(&run.history());
    }
}
