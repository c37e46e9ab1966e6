//! Definitions: text in, problems and pictures out.

use std::sync::Arc;

use asl_model::{MachineType, ParsedDefinition};
use asl_view::Diagram;
use wasm_bindgen::prelude::*;

use crate::dto::{self, LayoutOptionsDto, Places};
use crate::error::invalid_argument;
use crate::{Diagnostics, MaybeDiagram, MaybeExecutionType, MaybeLayoutOptions};

/// A definition as far as its text could be understood.
#[wasm_bindgen]
pub struct Definition {
    parsed: ParsedDefinition,
    places: Places,
}

/// Parses the text of a definition. Never fails: what is wrong is in `diagnostics`.
#[wasm_bindgen]
pub fn parse(text: &str) -> Definition {
    Definition::parse(text)
}

/// Returns everything that CreateStateMachine would refuse, and what it would warn of.
#[wasm_bindgen]
pub fn validate(text: &str, execution_type: Option<MaybeExecutionType>) -> Result<Diagnostics, JsValue> {
    Definition::parse(text).validate(execution_type)
}

/// Returns the picture of a definition; none where the text names no state.
#[wasm_bindgen]
pub fn layout(definition: &Definition, options: Option<MaybeLayoutOptions>) -> Result<MaybeDiagram, JsValue> {
    definition.layout(options)
}

#[wasm_bindgen]
impl Definition {
    /// Parses the text of a definition. Never fails: what is wrong is in `diagnostics`.
    pub fn parse(text: &str) -> Definition {
        let text: Arc<str> = text.into();
        Definition {
            parsed: asl_model::parse(&text),
            places: Places::new(text),
        }
    }

    /// Returns what is wrong with the text itself and with the types of its fields.
    #[wasm_bindgen(getter)]
    pub fn diagnostics(&self) -> Diagnostics {
        self.send(&self.parsed.diagnostics)
    }

    /// Returns everything that CreateStateMachine would refuse, and what it would warn of, in the order of the text.
    pub fn validate(&self, execution_type: Option<MaybeExecutionType>) -> Result<Diagnostics, JsValue> {
        Ok(self.send(&self.problems(machine_type(execution_type)?)))
    }

    /// Returns the picture; none where the text names no state.
    pub fn layout(&self, options: Option<MaybeLayoutOptions>) -> Result<MaybeDiagram, JsValue> {
        let options: LayoutOptionsDto = dto::from_js(options.map(JsValue::from), "options")?;
        let options = options.into_options()?;
        let diagram = self
            .parsed
            .definition
            .as_ref()
            .map(|definition| Diagram::lay_out(definition, &options));
        let diagram = diagram.filter(|diagram| !diagram.nodes.is_empty());
        let sent = diagram.map_or(JsValue::UNDEFINED, |diagram| dto::to_js(&dto::diagram(&diagram)));
        Ok(sent.unchecked_into())
    }
}

impl Definition {
    pub(crate) fn understood(&self) -> Option<&asl_model::Definition> {
        self.parsed.definition.as_ref()
    }

    pub(crate) fn places(&self) -> &Places {
        &self.places
    }

    pub(crate) fn problems(&self, machine_type: MachineType) -> Vec<asl_model::Diagnostic> {
        match &self.parsed.definition {
            Some(definition) => asl_model::validate(definition, machine_type),
            None => self.parsed.diagnostics.clone(),
        }
    }

    fn send(&self, diagnostics: &[asl_model::Diagnostic]) -> Diagnostics {
        dto::to_js(&self.places.diagnostics(diagnostics)).unchecked_into()
    }
}

fn machine_type(execution_type: Option<MaybeExecutionType>) -> Result<MachineType, JsValue> {
    let execution_type: Option<String> = dto::from_js(execution_type.map(JsValue::from), "type")?;
    match execution_type.as_deref() {
        None | Some("STANDARD") => Ok(MachineType::Standard),
        Some("EXPRESS") => Ok(MachineType::Express),
        Some(other) => Err(invalid_argument(&format!(
            "\"{other}\" is not a type: STANDARD or EXPRESS"
        ))),
    }
}
