//! The life of the Worker: started, listened to once per animation frame, replaced when it does not answer.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use asl_protocol::{AssistQuestion, EngineReply, EngineRequest};
use gloo::render::{AnimationFrame, request_animation_frame};
use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::UseReducerDispatcher;

use crate::interop::engine_worker::EngineWorker;
use crate::state::{Action, Notice, NoticeKind, PlaygroundState};

/// The engine as the page talks to it.
pub(crate) struct Engine {
    dispatch: UseReducerDispatcher<PlaygroundState>,
    worker: RefCell<Option<EngineWorker>>,
    /// What arrived since the last animation frame.
    inbox: RefCell<Vec<EngineReply>>,
    frame: RefCell<Option<AnimationFrame>>,
    /// The newest text, which a new Worker has to be told again.
    analyze: RefCell<Option<EngineRequest>>,
    /// Take the answers to the editor's questions, by the number of the question.
    questions: RefCell<Vec<(u32, Function)>>,
    /// Counts the questions.
    asked: Cell<u32>,
    /// Takes the newest file that was asked for.
    writing: RefCell<Option<Function>>,
    /// Whether the Worker has read a text since it was started: one that stops before would only stop again.
    has_read: Cell<bool>,
}

impl Engine {
    /// Returns an engine that is not started.
    pub(crate) fn new(dispatch: UseReducerDispatcher<PlaygroundState>) -> Engine {
        Engine {
            dispatch,
            worker: RefCell::default(),
            inbox: RefCell::default(),
            frame: RefCell::default(),
            analyze: RefCell::default(),
            questions: RefCell::default(),
            asked: Cell::default(),
            writing: RefCell::default(),
            has_read: Cell::default(),
        }
    }

    /// Starts the Worker.
    pub(crate) fn start(self: &Rc<Engine>) {
        let on_reply = {
            let engine = Rc::downgrade(self);
            move |reply| {
                if let Some(engine) = engine.upgrade() {
                    engine.received(reply);
                }
            }
        };
        let on_failure = {
            let engine = Rc::downgrade(self);
            move |reason| {
                if let Some(engine) = engine.upgrade() {
                    engine.failed(reason);
                }
            }
        };
        self.worker.replace(Some(EngineWorker::start(on_reply, on_failure)));
        if let Some(request) = self.analyze.borrow().as_ref() {
            self.post(request);
        }
    }

    /// Replaces a Worker that stopped at its work; one that never worked is given up.
    fn failed(self: &Rc<Engine>, reason: String) {
        if !self.has_read.get() {
            self.dispatch.dispatch(Action::EngineFailed(reason.into()));
            return;
        }
        gloo::console::error!(reason);
        // The Worker's own callback is running: it cannot be dropped before it returns.
        let engine = Rc::clone(self);
        spawn_local(async move { engine.restart() });
    }

    /// Ends the Worker.
    pub(crate) fn end(&self) {
        self.worker.take();
        self.frame.take();
        self.leave_questions();
    }

    /// Ends a Worker that does not answer, and starts another.
    pub(crate) fn restart(self: &Rc<Engine>) {
        self.end();
        self.inbox.borrow_mut().clear();
        self.has_read.set(false);
        self.dispatch.dispatch(Action::EngineRestarted);
        self.start();
    }

    /// Sends a request. It waits where the engine is still on its way.
    pub(crate) fn send(&self, request: EngineRequest) {
        self.post(&request);
        if matches!(request, EngineRequest::Analyze { .. }) {
            self.analyze.replace(Some(request));
        }
    }

    /// Asks for help with editing; the promise resolves to the answer's text.
    pub(crate) fn assist(&self, revision: u32, question: AssistQuestion) -> Promise {
        let id = self.asked.get().wrapping_add(1);
        self.asked.set(id);
        let promise = Promise::new(&mut |resolve, _| self.questions.borrow_mut().push((id, resolve)));
        self.post(&EngineRequest::Assist { id, revision, question });
        promise
    }

    /// Tells the editor that its open questions get no answer.
    fn leave_questions(&self) {
        for (_, resolve) in self.questions.take() {
            settle(&resolve, &JsValue::NULL);
        }
    }

    fn assisted(&self, id: u32, text: &str) {
        let mut questions = self.questions.borrow_mut();
        if let Some(at) = questions.iter().position(|(asked, _)| *asked == id) {
            let (_, resolve) = questions.swap_remove(at);
            settle(&resolve, &text.into());
        }
    }

    /// Asks for a file made of the diagram or of the history. An older question that is still open gets none.
    pub(crate) async fn write_file(&self, request: EngineRequest) -> Option<String> {
        let text = JsFuture::from(self.ask(&self.writing, &request)).await;
        text.ok()?.as_string()
    }

    fn ask(&self, asked: &RefCell<Option<Function>>, request: &EngineRequest) -> Promise {
        let promise = Promise::new(&mut |resolve, _| {
            answer(asked, &JsValue::NULL);
            asked.replace(Some(resolve));
        });
        self.post(request);
        promise
    }

    fn post(&self, request: &EngineRequest) {
        if let Some(worker) = self.worker.borrow().as_ref() {
            worker.send(request);
        }
    }

    fn received(self: &Rc<Engine>, reply: EngineReply) {
        match reply {
            EngineReply::SandboxNeeded { sandbox } => self.open_sandbox(sandbox),
            EngineReply::SandboxDone { sandbox } => {
                if let Some(worker) = self.worker.borrow().as_ref() {
                    worker.close_sandbox(sandbox);
                }
            }
            EngineReply::Assisted { id, answer } => self.assisted(id, &answer),
            EngineReply::ToolsFailed => self.tools_failed(),
            EngineReply::DiagramWritten { text, .. } => answer(&self.writing, &text.into()),
            EngineReply::HistoryWritten { text, .. } => answer(&self.writing, &text.into()),
            reply => {
                match &reply {
                    EngineReply::Analyzed(_) => self.has_read.set(true),
                    // Said when its turn comes, not when it is drawn: a tab out of sight draws nothing, and records on.
                    EngineReply::Advanced(progress) => self.post(&EngineRequest::TookIn { run: progress.run }),
                    _ => {}
                }
                self.inbox.borrow_mut().push(reply);
                self.dispatch_next_frame();
            }
        }
    }

    /// Leaves open questions without an answer, and says why.
    fn tools_failed(&self) {
        self.leave_questions();
        answer(&self.writing, &JsValue::NULL);
        self.dispatch.dispatch(Action::NoticeGiven(Notice {
            kind: NoticeKind::Problem,
            text: "This needs a part of the playground that could not be loaded. Check the network and try again."
                .into(),
        }));
    }

    fn open_sandbox(self: &Rc<Engine>, sandbox: u32) {
        let engine = Rc::downgrade(self);
        let on_unsupported = move |reason| {
            if let Some(engine) = engine.upgrade() {
                engine.send(EngineRequest::SandboxUnavailable { sandbox, reason });
            }
        };
        if let Some(worker) = self.worker.borrow().as_ref() {
            worker.open_sandbox(sandbox, on_unsupported);
        }
    }

    /// Hands everything that arrived to the reducer, once per animation frame.
    fn dispatch_next_frame(self: &Rc<Engine>) {
        if self.frame.borrow().is_some() {
            return;
        }
        let engine = Rc::downgrade(self);
        let frame = request_animation_frame(move |_| {
            let Some(engine) = engine.upgrade() else { return };
            engine.frame.take();
            let replies = engine.inbox.take();
            engine.dispatch.dispatch(Action::EngineReplied(replies));
        });
        self.frame.replace(Some(frame));
    }
}

/// Answers the question that is open, if one is.
fn answer(asked: &RefCell<Option<Function>>, answer: &JsValue) {
    if let Some(resolve) = asked.take() {
        settle(&resolve, answer);
    }
}

fn settle(resolve: &Function, answer: &JsValue) {
    // Resolving a promise runs nothing here, so it cannot fail.
    let _ = resolve.call1(&JsValue::NULL, answer);
}
