//! One typed wrapper per thing of the browser that the page uses.

pub(crate) mod clipboard;
pub(crate) mod editor;
pub(crate) mod embedding;
pub(crate) mod engine_worker;
pub(crate) mod file;
pub(crate) mod files_worker;
pub(crate) mod focus;
pub(crate) mod gist;
pub(crate) mod image;
pub(crate) mod location;
pub(crate) mod storage;
pub(crate) mod theme;
