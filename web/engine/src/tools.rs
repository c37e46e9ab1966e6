//! What the engine does besides analyzing and running: code that arrives in a chunk of its own, when the page is usable.
//!
//! [`serve`] is its only entrance, so whatever it alone reaches is cut out of the engine's wasm; see `worker.rs`.

use asl_protocol::{AssistQuestion, DiagramFormat, EngineReply, EngineRequest, HistoryFormat, RunMoment};

use crate::assist::{EditedText, sample};
use crate::bench;
use crate::diagram;
use crate::engine::{Clock, Engine};
use crate::inspect;
use crate::recordings;
use crate::visit;

/// Answers a request that [`is_for_tools`] says yes to.
pub type Serve = fn(&mut Engine, EngineRequest, Clock<'_>);

/// Returns whether [`serve`] answers the request.
pub(crate) fn is_for_tools(request: &EngineRequest) -> bool {
    matches!(
        request,
        EngineRequest::Assist { .. }
            | EngineRequest::WriteDiagram { .. }
            | EngineRequest::DescribeStateVisit { .. }
            | EngineRequest::DescribeVariables { .. }
            | EngineRequest::Bench(_)
            | EngineRequest::FilterLog { .. }
            | EngineRequest::CompareRuns { .. }
            | EngineRequest::OpenChild { .. }
            | EngineRequest::OpenHistory { .. }
            | EngineRequest::WriteHistory { .. }
    )
}

/// Answers a request.
pub fn serve(engine: &mut Engine, request: EngineRequest, clock: Clock<'_>) {
    match request {
        EngineRequest::Assist { id, revision, question } => {
            let answer = assist(engine, revision, &question);
            let answer = answer.unwrap_or_else(|| "null".to_owned());
            engine.replies.push_back(EngineReply::Assisted { id, answer });
        }
        EngineRequest::WriteDiagram {
            revision,
            format,
            title,
            moment,
        } => {
            // The reader may have typed since the text was last looked at.
            engine.analyze(clock);
            write_diagram(engine, revision, format, &title, moment.as_ref());
        }
        EngineRequest::DescribeStateVisit { run, event, cursor } => {
            let run = engine.run.as_mut().filter(|current| current.number == run);
            let described = run.and_then(|run| visit::state_visit(run, event, cursor));
            engine.replies.extend(described.map(EngineReply::StateVisitDescribed));
        }
        EngineRequest::DescribeVariables { run, event } => {
            let run = engine.run.as_mut().filter(|current| current.number == run);
            let described = run.and_then(|run| visit::visible_variables(run, event));
            engine.replies.extend(described.map(EngineReply::VariablesDescribed));
        }
        EngineRequest::Bench(request) => {
            let now_us = clock();
            bench::receive(engine, &request, now_us);
            engine.settle(now_us);
        }
        EngineRequest::WriteHistory { run, format } => write_history(engine, run, format),
        request => recordings::serve(engine, request, clock),
    }
}

fn write_history(engine: &mut Engine, number: u32, format: HistoryFormat) {
    let Some(run) = engine.run.as_ref().filter(|run| run.number == number) else {
        return;
    };
    let text = inspect::history(run, format);
    engine.replies.push_back(EngineReply::HistoryWritten {
        run: number,
        format,
        text,
    });
}

/// Answers a question of the editor about the newest text, which need not be analyzed yet; none about another one.
fn assist(engine: &mut Engine, revision: u32, question: &AssistQuestion) -> Option<String> {
    if engine.edited.as_ref().is_none_or(|edited| edited.revision != revision) {
        let unread = engine.unread.as_ref().map(|request| (request.revision, &*request.text));
        let read = || engine.text.as_ref().map(|text| (text.revision, text.places.text()));
        let (_, text) = unread.or_else(read).filter(|(newest, _)| *newest == revision)?;
        engine.edited = Some(EditedText::new(revision, text));
    }
    let run = engine.run.as_ref();
    let sample_of = |state: &str| run.map(|run| sample(run, state)).unwrap_or_default();
    Some(engine.edited.as_ref()?.answer(question, sample_of))
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
