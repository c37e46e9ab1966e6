//! The page's side of the engine Worker.

mod client;

pub(crate) use client::Engine;

use std::rc::Rc;

use yew::prelude::*;

use crate::state::PlaygroundState;

/// Starts the engine with the component and ends it with it.
#[hook]
pub(crate) fn use_engine(dispatch: UseReducerDispatcher<PlaygroundState>) -> Rc<Engine> {
    let engine = use_memo((), |()| Engine::new(dispatch));
    {
        let engine = Rc::clone(&engine);
        use_effect_with((), move |()| {
            engine.start();
            move || engine.end()
        });
    }
    engine
}
