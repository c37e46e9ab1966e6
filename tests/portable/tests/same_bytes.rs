//! The same execution gives the same history, byte for byte, natively and in WebAssembly: both are held against one
//! committed text. `UPDATE_EXPECT=1 cargo test -p asl-portable-tests` rewrites the texts; read that diff.

use asl_portable_tests::history;
use wasm_bindgen_test::wasm_bindgen_test;

/// Declares one test per machine of `machines/`, with its input and its mock file, and its history in `expected/`.
macro_rules! machines {
    ($($name:ident, $input:literal, $mocks:expr;)*) => {
        $(
            #[wasm_bindgen_test(unsupported = test)]
            fn $name() {
                let definition = include_str!(concat!("../machines/", stringify!($name), ".asl.json"));
                let expected = include_str!(concat!("../expected/", stringify!($name), ".jsonl"));
                check(stringify!($name), &history::text(definition, $input, $mocks).unwrap(), expected);
            }
        )*
    };
}

machines! {
    tutorial, r#"{"order": {"id": 7, "total": 12.50}}"#, None;
    dice, r#"{"items": [1, 2, 3, 4]}"#, None;
    retry_with_jitter, "{}", Some(include_str!("../machines/retry_with_jitter.mocks.json"));
    parallel_and_map, r#"{"rows": [[1, 2], [3], []], "price": 1e21}"#, None;
}

fn check(name: &str, actual: &str, expected: &str) {
    #[cfg(not(target_family = "wasm"))]
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let file = format!("{}/expected/{name}.jsonl", env!("CARGO_MANIFEST_DIR"));
        std::fs::write(file, actual).expect("the folder of expectations is there");
        return;
    }
    assert!(
        actual == expected,
        "{name}: the history is\n{actual}\nand should be\n{expected}"
    );
}
