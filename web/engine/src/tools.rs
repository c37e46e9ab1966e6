//! What the engine does besides analyzing and running: code that arrives in a chunk of its own, when the page is usable.
//!
//! [`serve`] is its only entrance, so whatever it alone reaches is cut out of the engine's wasm; see `worker.rs`.

use asl_protocol::{DiagramFormat, EngineReply, EngineRequest, RunMoment};

use crate::bench;
use crate::completion::completions;
use crate::diagram;
use crate::engine::{Clock, Engine};
use crate::visit;

/// Answers a request that [`is_for_tools`] says yes to.
pub type Serve = fn(&mut Engine, EngineRequest, Clock<'_>);

/// Returns whether [`serve`] answers the request.
pub(crate) fn is_for_tools(request: &EngineRequest) -> bool {
    matches!(
        request,
        EngineRequest::Complete { .. }
            | EngineRequest::WriteDiagram { .. }
            | EngineRequest::DescribeStateVisit { .. }
            | EngineRequest::Bench(_)
    )
}

/// Answers a request.
pub fn serve(engine: &mut Engine, request: EngineRequest, clock: Clock<'_>) {
    // The reader may have typed since the text was last looked at.
    engine.analyze(clock);
    match request {
        EngineRequest::Complete { revision, offset } => complete(engine, revision, offset),
        EngineRequest::WriteDiagram {
            revision,
            format,
            title,
            moment,
        } => write_diagram(engine, revision, format, &title, moment.as_ref()),
        EngineRequest::DescribeStateVisit { run, event } => {
            let run = engine.run.as_mut().filter(|current| current.number == run);
            let described = run.and_then(|run| visit::state_visit(run, event));
            engine.replies.extend(described.map(EngineReply::StateVisitDescribed));
        }
        EngineRequest::Bench(request) => {
            let now_us = clock();
            bench::receive(engine, &request, now_us);
            engine.settle(now_us);
        }
        _ => {}
    }
}

/// Answers from the newest text; a question about another one gets no proposals.
fn complete(engine: &mut Engine, revision: u32, offset: u32) {
    let text = engine.text.as_ref().filter(|text| text.revision == revision);
    let found = completions(text, revision, offset);
    engine.replies.push_back(EngineReply::Completed(found));
}

fn write_diagram(engine: &mut Engine, revision: u32, format: DiagramFormat, title: &str, moment: Option<&RunMoment>) {
    let run = moment.and_then(|moment| {
        let run = engine.run.as_mut().filter(|run| run.number == moment.run)?;
        Some(run.folded_to(moment.event, moment.iteration.as_ref()))
    });
    let text = engine.text.as_ref().filter(|text| text.revision == revision);
    let text = text.and_then(|text| diagram::write(text, format, title, run.as_ref()));
    engine.replies.push_back(EngineReply::DiagramWritten { format, text });
}
