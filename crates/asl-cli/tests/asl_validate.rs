//! The commands that look at definitions without running them, as a user runs them.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot run the binary has nothing else to say"
)]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use asl_json::Value;

/// A folder of its own for each test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Folder {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        for (file, text) in files {
            fs::write(path.join(file), text).unwrap();
        }
        Folder(path)
    }

    /// Returns the exit code and what was printed.
    fn asl(&self, arguments: &[&str]) -> (i32, String) {
        let command = Command::new(env!("CARGO_BIN_EXE_asl"))
            .args(arguments)
            .current_dir(&self.0)
            .output();
        let Output { status, stdout, stderr } = command.unwrap();
        let printed = String::from_utf8(stdout).unwrap() + &String::from_utf8(stderr).unwrap();
        (status.code().unwrap(), printed)
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const RIGHT: &str =
    "{\n  \"StartAt\": \"A\",\n  \"States\": {\n    \"A\": {\n      \"Type\": \"Succeed\"\n    }\n  }\n}\n";
const WRONG: &str = "{\n  \"StartAt\": \"Packd\",\n  \"States\": {\n    \"Packed\": {\"Type\": \"Succeed\"}\n  }\n}\n";
const YAML: &str = "StartAt: Packd\nStates:\n  Packed:\n    Type: Succeed\n";

#[test]
fn text_shows_the_line_and_a_mark() {
    let folder = Folder::new(
        "validate_text",
        &[("right.json", RIGHT), ("wrong.json", WRONG), ("wrong.yaml", YAML)],
    );
    assert_eq!(
        folder.asl(&["validate", "right.json"]),
        (0, "The definition is valid.\n".to_owned())
    );
    let (code, printed) = folder.asl(&["validate", "right.json", "wrong.json"]);
    assert_eq!(code, 1);
    for part in [
        "--> wrong.json:2:14",
        "2 |   \"StartAt\": \"Packd\",",
        "  |              ^^^^^^^",
        "= see docs/diagnostics.md#transition_target",
        "2 errors, 0 warnings.",
    ] {
        assert!(printed.contains(part), "{printed}");
    }
    let (code, printed) = folder.asl(&["validate", "wrong.yaml"]);
    assert_eq!(code, 1);
    assert!(
        printed.contains("--> wrong.yaml:1:10") && printed.contains("^^^^^"),
        "{printed}"
    );
}

#[test]
fn json_has_one_based_places_and_fixes() {
    let folder = Folder::new("validate_json", &[("wrong.json", WRONG), ("right.json", RIGHT)]);
    let (code, printed) = folder.asl(&["validate", "--format", "json", "wrong.json"]);
    assert_eq!(code, 1);
    let answer = asl_json::parse_value(&printed).unwrap();
    let first = answer
        .get("diagnostics")
        .unwrap()
        .as_array()
        .unwrap()
        .iter()
        .next()
        .unwrap()
        .clone();
    let member = |name: &str| first.get(name).map(Value::to_string).unwrap();
    assert_eq!(member("severity"), "\"ERROR\"");
    assert_eq!(member("code"), "\"MISSING_TRANSITION_TARGET\"");
    assert_eq!(member("message"), "\"Missing 'Next' target: Packd\"");
    assert_eq!(member("location"), "\"/StartAt\"");
    assert_eq!(member("rule"), "\"transition_target\"");
    let place = ["line", "column", "endLine", "endColumn"].map(member);
    assert_eq!(place, ["2", "14", "2", "21"]);
    assert!(member("fixes").contains(r#""replacement":"\"Packed\"""#), "{printed}");
    let (code, printed) = folder.asl(&["validate", "--format", "json", "right.json"]);
    assert_eq!(
        (code, asl_json::parse_value(&printed).unwrap().to_string().as_str()),
        (0, r#"{"diagnostics":[]}"#)
    );
}

#[test]
fn sarif_and_github_name_file_and_line() {
    let folder = Folder::new("validate_sarif", &[("wrong.json", WRONG)]);
    let (code, printed) = folder.asl(&["validate", "--format", "sarif", "wrong.json"]);
    assert_eq!(code, 1);
    let sarif = asl_json::parse_value(&printed).unwrap().to_string();
    assert!(
        sarif.contains(r#""region":{"startLine":2,"startColumn":14,"endLine":2,"endColumn":21}"#),
        "{sarif}"
    );
    let (code, printed) = folder.asl(&["validate", "--format", "github", "wrong.json"]);
    assert_eq!(code, 1);
    let line = "::error file=wrong.json,line=2,col=14,endLine=2,endColumn=21,title=MISSING_TRANSITION_TARGET::Missing 'Next' target: Packd";
    assert!(printed.lines().any(|printed| printed == line), "{printed}");
}

#[test]
fn github_gets_every_code_and_nothing_that_would_end_a_command() {
    let text = WRONG.replace("Packd", "a,b: 100%\\n::error::");
    let folder = Folder::new("validate_github", &[("a,b.json", &text)]);
    let (code, printed) = folder.asl(&["validate", "--format", "github", "a,b.json"]);
    assert_eq!(code, 1);
    for line in printed.lines() {
        let (command, rest) = line
            .split_once("::")
            .and_then(|(_, rest)| rest.split_once("::"))
            .unwrap();
        assert!(command.contains(" file=a%2Cb.json,line="), "{line}");
        let (_, code) = command.rsplit_once(",title=").unwrap();
        assert!(
            !code.is_empty() && code.chars().all(|c| c.is_ascii_uppercase() || c == '_'),
            "{line}"
        );
        assert!(!rest.is_empty(), "{line}");
    }
    let line = "title=MISSING_TRANSITION_TARGET::Missing 'Next' target: a,b: 100%25%0A::error::";
    assert!(printed.contains(line), "{printed}");
}

#[test]
fn format_rewrites_or_checks() {
    let folder = Folder::new(
        "format",
        &[("right.json", RIGHT), ("wrong.json", WRONG), ("bad.json", "{")],
    );
    assert_eq!(folder.asl(&["format", "--check", "right.json"]), (0, String::new()));
    assert_eq!(
        folder.asl(&["format", "--check", "wrong.json"]),
        (1, "wrong.json\n".to_owned())
    );
    assert_eq!(folder.read("wrong.json"), WRONG);
    assert_eq!(folder.asl(&["format", "wrong.json"]).0, 0);
    assert_eq!(
        folder.read("wrong.json"),
        RIGHT.replace("\"A\"", "\"Packed\"").replacen("Packed", "Packd", 1)
    );
    assert_eq!(folder.asl(&["format", "bad.json"]).0, 2);
}

#[test]
fn convert_goes_both_ways() {
    let folder = Folder::new("convert", &[("wrong.yaml", YAML), ("right.json", RIGHT)]);
    let (code, printed) = folder.asl(&["convert", "wrong.yaml", "--output", "made.json"]);
    assert_eq!((code, printed.as_str()), (0, ""));
    assert_eq!(folder.asl(&["convert", "made.json"]), (0, YAML.to_owned()));
    assert_eq!(
        folder.asl(&["convert", "right.json"]).1,
        "StartAt: A\nStates:\n  A:\n    Type: Succeed\n"
    );
}

#[test]
fn bad_usage_is_told() {
    let folder = Folder::new("validate_usage", &[]);
    for arguments in [
        &["validate"][..],
        &["validate", "none.json"],
        &["validate", "--format", "xml", "a.json"],
        &["format", "--loud"],
        &["convert"],
    ] {
        let (code, printed) = folder.asl(arguments);
        assert_eq!(code, 2, "{printed}");
        assert!(!printed.is_empty());
    }
}
