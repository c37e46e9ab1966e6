//! The embedded page's code, in a wasm file of its own: the full page never loads it.

#![expect(clippy::unnecessary_wraps, reason = "the macro's code may fail where this does not")]

use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::prelude::*;

use super::frame::{EmbedFrame, EmbedFrameProps};
use super::message::Report;

/// Draws the embedded page.
pub(crate) type DrawEmbed = fn(EmbedFrameProps) -> Html;

#[wasm_split(embed, fallible)]
fn load() -> Result<DrawEmbed, SplitLoaderError> {
    Ok(|props| html! { <EmbedFrame ..props /> })
}

/// Returns what draws the embedded page once it has arrived, and makes the component render when it does.
#[hook]
pub(crate) fn use_embed(is_embedded: bool) -> Option<DrawEmbed> {
    let draw = use_state(|| None::<DrawEmbed>);
    {
        let draw = draw.setter();
        use_effect_with((), move |()| {
            if is_embedded {
                spawn_local(async move {
                    match load().await {
                        Ok(arrived) => draw.set(Some(arrived)),
                        Err(_) => Report::Error("a part of the page could not be loaded").send(),
                    }
                });
            }
        });
    }
    *draw
}
