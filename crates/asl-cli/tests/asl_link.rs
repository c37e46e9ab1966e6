//! `asl link`, as a user runs it.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot run the binary has nothing else to say"
)]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

fn asl(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_asl"))
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_file_becomes_a_link_and_a_link_becomes_its_document() {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("order saga.asl.yaml");
    fs::write(&file, "StartAt: A\nStates: {A: {Type: Succeed}}\n").unwrap();
    let (code, link, _) = asl(&["link", file.to_str().unwrap()]);
    assert_eq!((code, link.starts_with("#v1.d.")), (0, true), "{link}");
    let (code, document, _) = asl(&["link", &format!("https://example.org/{}", link.trim())]);
    assert_eq!(code, 0);
    assert!(document.contains(r#""title": "order-saga""#), "{document}");
    assert!(document.contains(r#"\"StartAt\": \"A\""#), "{document}");
}

#[test]
fn what_is_no_link_and_no_file_is_told() {
    let (code, _, problem) = asl(&["link", "#v1.d.abc"]);
    assert_eq!(
        (code, problem.contains("This link is incomplete")),
        (2, true),
        "{problem}"
    );
    let (code, _, problem) = asl(&["link", "no-such-file.json"]);
    assert_eq!((code, problem.contains("no-such-file.json")), (2, true), "{problem}");
    assert_eq!(asl(&["link"]).0, 2);
}
