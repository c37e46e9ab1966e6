//! Code that arrives after the page can be used: see `panes.rs`, `dialogs.rs` and `embed/chunk.rs`, and for the build
//! that cuts it out, `web/js/wasm.mjs`.

use std::cell::Cell;
use std::thread::LocalKey;

use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::SplitLoaderError;
use yew::prelude::*;

/// Where a chunk's entrance is kept once it has arrived.
pub(crate) type Arrived<T> = &'static LocalKey<Cell<Option<T>>>;

/// Returns a chunk's entrance once it has arrived, and makes the component render when it does. It is fetched as soon as
/// it is needed; where that fails, `on_failure` is called, and the next need tries again.
#[hook]
pub(crate) fn use_chunk<T: Copy + 'static>(
    arrived: Arrived<T>,
    is_needed: bool,
    load: impl AsyncFnOnce() -> Result<T, SplitLoaderError> + 'static,
    on_failure: impl FnOnce() + 'static,
) -> Option<T> {
    let entrance = use_state(|| arrived.get());
    {
        let entrance = entrance.clone();
        use_effect_with(is_needed, move |is_needed| {
            if !is_needed || entrance.is_some() {
                return;
            }
            spawn_local(async move {
                match load().await {
                    Ok(loaded) => {
                        arrived.set(Some(loaded));
                        entrance.set(Some(loaded));
                    }
                    Err(_) => on_failure(),
                }
            });
        });
    }
    *entrance
}
