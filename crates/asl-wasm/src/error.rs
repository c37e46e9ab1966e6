//! What is thrown: an `Error` of JavaScript with the members of `AslError` in `types.ts`.

use asl_core::HandleError;
use asl_model::Diagnostic;
use js_sys::{Error, Reflect};
use wasm_bindgen::JsValue;

use crate::dto::{self, Places};

fn error(code: &str, message: &str) -> Error {
    let error = Error::new(message);
    error.set_name("AslError");
    set(&error, "code", &code.into());
    error
}

fn set(error: &Error, name: &str, value: &JsValue) {
    // An error that was just made takes any member.
    let _ = Reflect::set(error, &name.into(), value);
}

/// Returns the error of an argument that makes no sense.
pub(crate) fn invalid_argument(message: &str) -> JsValue {
    error("InvalidArgument", message).into()
}

/// Returns the error of a definition that cannot be executed.
pub(crate) fn invalid_definition(diagnostics: &[Diagnostic], places: &Places) -> JsValue {
    let first = diagnostics.iter().find(|diagnostic| diagnostic.is_error());
    let message = first.map_or("The definition is not a state machine.", |first| first.message.as_str());
    let error = error("InvalidDefinition", message);
    if let Some(location) = first.and_then(|first| first.location.as_ref()) {
        set(&error, "location", &location.into());
    }
    set(&error, "diagnostics", &dto::to_js(&places.diagnostics(diagnostics)));
    error.into()
}

/// Returns the error of an input that was refused.
pub(crate) fn refused(refusal: &HandleError) -> JsValue {
    let code = match refusal {
        HandleError::UnknownTaskToken => "UnknownTaskToken",
        HandleError::TimeWentBackwards { .. } => "TimeWentBackwards",
        HandleError::NotDrained => "NotDrained",
        HandleError::AlreadyFinished => "AlreadyFinished",
        HandleError::NotRedrivable => "NotRedrivable",
    };
    error(code, &refusal.to_string()).into()
}
