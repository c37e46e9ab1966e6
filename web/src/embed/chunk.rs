//! The embedded page's code, in a wasm file of its own: the full page never loads it.

#![expect(clippy::unnecessary_wraps, reason = "the macro's code may fail where this does not")]

use std::cell::Cell;

use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::prelude::*;

use crate::chunk::use_chunk;

use super::frame::{EmbedFrame, EmbedFrameProps};
use super::message::Report;

/// Draws the embedded page.
pub(crate) type DrawEmbed = fn(EmbedFrameProps) -> Html;

thread_local! {
    static ARRIVED: Cell<Option<DrawEmbed>> = const { Cell::new(None) };
}

#[wasm_split(embed, fallible)]
fn load() -> Result<DrawEmbed, SplitLoaderError> {
    Ok(|props| html! { <EmbedFrame ..props /> })
}

/// Returns what draws the embedded page once it has arrived, and makes the component render when it does.
#[hook]
pub(crate) fn use_embed(is_embedded: bool) -> Option<DrawEmbed> {
    use_chunk(&ARRIVED, is_embedded, load, || {
        Report::Error("a part of the page could not be loaded").send();
    })
}
