//! Succeed: ends the execution, branch or iteration well.

use crate::dataflow;
use crate::error::Fault;
use crate::frame::FrameId;
use crate::interpreter::Ctx;
use crate::machine::State;

/// Computes the output and leaves; what follows is the end of the frame.
pub(crate) fn enter(ctx: &mut Ctx, frame: FrameId, state: &State) -> Result<(), Fault> {
    let exit = dataflow::exit_with_input(ctx, frame, state)?;
    ctx.leave(frame, state, exit)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::testing::Run;

    #[test]
    fn ends_the_execution_with_what_the_paths_select() {
        let run = Run::states(r#"{"A": {"Type": "Succeed", "InputPath": "$.a", "OutputPath": "$.b"}}"#);
        expect![[r#"
            1<-0 ExecutionStarted
            2<-0 SucceedStateEntered A {"a":{"b":1}}
            3<-2 SucceedStateExited A 1
            4<-3 ExecutionSucceeded 1
        "#]]
        .assert_eq(&run.input(r#"{"a":{"b":1}}"#).history());
    }
}
