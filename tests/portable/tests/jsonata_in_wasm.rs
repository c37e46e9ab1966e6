//! The official JSONata suite in WebAssembly. Natively the binary `jsonata` runs it.
#![cfg(target_family = "wasm")]

use std::collections::BTreeMap;

use asl_portable_tests::{jsonata::Suite, known};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::{console_log, wasm_bindgen_test};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/conformance/jsonata");
const KNOWN_FAILURES: &str = include_str!("../jsonata_known_failures.txt");

/// A case that passes natively only, and why.
const FAILS_HERE: (&str, &str) = (
    "tail-recursion/case001",
    "99 nested calls: in WebAssembly the engine bounds its own stack more tightly (Step Functions allows about 30)",
);

#[wasm_bindgen(module = "node:fs")]
extern "C" {
    #[wasm_bindgen(js_name = existsSync)]
    fn exists(path: &str) -> bool;
    #[wasm_bindgen(js_name = readFileSync)]
    fn read(path: &str, encoding: &str) -> String;
    #[wasm_bindgen(js_name = readdirSync)]
    fn names(path: &str) -> Vec<String>;
}

#[wasm_bindgen_test]
fn the_official_suite_passes() {
    if !exists(FOLDER) {
        console_log!("SKIPPED: the JSONata suite is not on this machine (../shared/conformance/jsonata)");
        return;
    }
    let suite = Suite::of(&files()).unwrap();
    let mut known = known::read(KNOWN_FAILURES).unwrap();
    known.extend([FAILS_HERE]);
    let (passed, failed): (Vec<_>, Vec<_>) = suite.cases.iter().partition(|case| suite.run(case).is_ok());
    for case in &failed {
        console_log!("{}: {}", case.name, suite.run(case).unwrap_err());
    }
    console_log!("{} passed, {} failed, 0 skipped", passed.len(), failed.len());
    let names = |cases: &[&'_ asl_portable_tests::jsonata::Case]| -> Vec<String> {
        cases.iter().map(|case| case.name.clone()).collect()
    };
    let (passed, failed) = (names(&passed), names(&failed));
    let surprises = known::surprises(
        &known,
        failed.iter().map(String::as_str),
        passed.iter().map(String::as_str),
    );
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}

fn files() -> BTreeMap<String, String> {
    let datasets = names(&format!("{FOLDER}/datasets"))
        .into_iter()
        .map(|name| format!("datasets/{name}"));
    let groups = names(&format!("{FOLDER}/groups")).into_iter();
    let members = groups.flat_map(|group| {
        let members = names(&format!("{FOLDER}/groups/{group}")).into_iter();
        members.map(move |name| format!("groups/{group}/{name}"))
    });
    datasets
        .chain(members)
        .map(|path| (path.clone(), read(&format!("{FOLDER}/{path}"), "utf8")))
        .collect()
}
