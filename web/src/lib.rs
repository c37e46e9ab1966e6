//! The page of the playground: one reducer, components, and side effects in hooks.
//!
//! It parses, validates, lays out and executes nothing: all of that happens in the engine Worker, which speaks
//! `asl_protocol`. Read `state/mod.rs` first, then `app.rs`, then `commands.rs` and `engine/mod.rs`.

mod app;
mod by_ptr;
mod chunk;
mod commands;
mod components;
mod dialogs;
mod embed;
mod engine;
mod export;
mod interop;
mod keyboard;
mod opening;
mod panes;
mod panic_page;
mod state;

/// Starts the page in the element `#app`, in place of the static shell that it finds there.
pub fn start() {
    panic_page::install();
    let opening = opening::Opening::read();
    interop::theme::show(opening.settings.theme);
    match gloo::utils::document().get_element_by_id("app") {
        Some(root) => {
            yew::Renderer::<app::App>::with_root_and_props(root, app::AppProps { opening }).render();
        }
        None => gloo::console::error!("the page has no element with the id app"),
    }
}
