//! The examples: a definition, an input and mocks each, as files that tests run as well.

use super::snapshot::{SavedMock, Snapshot, VERSION};

/// One example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Example {
    /// Names it in links: `#example/<slug>`.
    pub slug: &'static str,
    /// What the menu calls it.
    pub title: &'static str,
    /// What it shows, in a sentence.
    pub about: &'static str,
    definition: &'static str,
    input: &'static str,
    mocks: &'static str,
}

macro_rules! examples {
    ($(($slug:literal, $title:literal, $about:literal),)*) => {
        /// Every example, the tutorial first.
        pub(crate) const EXAMPLES: &[Example] = &[$(Example {
            slug: $slug,
            title: $title,
            about: $about,
            definition: include_str!(concat!("../../examples/", $slug, ".asl.json")),
            input: include_str!(concat!("../../examples/", $slug, ".input.json")),
            mocks: include_str!(concat!("../../examples/", $slug, ".mocks.json")),
        },)*];
    };
}

examples! {
    ("two-lambdas", "Two Lambda functions", "One function's result is the next one's input."),
    ("choice", "Choice", "An order goes one of three ways."),
    ("retry-and-catch", "Retry and catch", "A flaky payment is tried again; a declined one goes to plan B."),
    ("wait", "Wait", "Half a minute passes in no time."),
    ("parallel", "Parallel", "Three checks at once, one answer each."),
    ("map", "Map", "The same work for every line of an order."),
    ("jsonata", "JSONata and variables", "Arguments, Output and Assign with JSONata."),
    ("job-poller", "Poll until done", "Wait, ask, decide, go round again."),
}

impl Example {
    /// Returns the document.
    ///
    /// # Panics
    ///
    /// Never: a test reads every example's mocks.
    pub(crate) fn snapshot(&self) -> Snapshot {
        let mocks: Vec<SavedMock> = serde_json::from_str(self.mocks).expect("the mocks of an example are well-formed");
        Snapshot {
            v: VERSION,
            title: self.title.into(),
            definition: self.definition.trim_end().into(),
            input: self.input.trim_end().into(),
            mocks,
            ..Snapshot::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_is_json_with_mocks_that_answer_something() {
        for example in EXAMPLES {
            let snapshot = example.snapshot();
            for text in [&snapshot.definition, &snapshot.input] {
                serde_json::from_str::<serde_json::Value>(text)
                    .unwrap_or_else(|error| panic!("{}: {error}", example.slug));
            }
            assert_eq!(snapshot.drafts().len(), snapshot.mocks.len(), "{}", example.slug);
        }
    }
}
