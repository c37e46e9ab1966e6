//! Words out of closed lists.

use super::Documentation;

const TYPES: [(&str, &str); 8] = [
    (
        "Task",
        "Calls something: a service, a function, an activity. Its result is what that answers.",
    ),
    (
        "Pass",
        "Hands its input on, unchanged or reshaped, without doing any work.",
    ),
    ("Choice", "Goes on with one of several states, depending on the data."),
    ("Wait", "Delays for some seconds or until an instant."),
    (
        "Parallel",
        "Runs branches at the same time and waits for all of them. It fails when one of them fails.",
    ),
    (
        "Map",
        "Runs the same states for each item of an array, and gathers the outputs in the order of the items.",
    ),
    ("Succeed", "Ends the execution, branch or iteration well."),
    ("Fail", "Ends the execution, branch or iteration with an error."),
];

const WORDS: [(&str, &str); 25] = [
    (
        "JSONPath",
        "Paths such as $.order.id, payload templates with \".$\" names, and intrinsic functions. The default.",
    ),
    (
        "JSONata",
        "Expressions between {% and %} that query and reshape data with $states and variables.",
    ),
    (
        "FULL",
        "Draws each waiting time at random between zero and what the backoff gives.",
    ),
    (
        "INLINE",
        "Iterations run inside this execution and add to its history; at most 40 at once.",
    ),
    (
        "DISTRIBUTED",
        "Each item, or batch of items, gets a child execution of its own; up to 10,000 at once.",
    ),
    (
        "STANDARD",
        "Child executions that may take up to a year and keep their history.",
    ),
    (
        "EXPRESS",
        "Child executions of at most five minutes, cheaper and without a history of their own.",
    ),
    ("CSV", "A table with one item per row; all values are strings."),
    (
        "JSON",
        "One JSON document; its array, or the entries of its object, are the items.",
    ),
    ("JSONL", "One JSON value per line."),
    ("PARQUET", "A table in Apache Parquet's format; each row is an item."),
    ("MANIFEST", "A manifest that lists the files with the items."),
    (
        "LOAD_AND_FLATTEN",
        "Reads each listed object and takes the items out of all of them.",
    ),
    ("S3_INVENTORY", "An inventory as Amazon S3 writes it."),
    (
        "ATHENA_DATA",
        "A manifest as Athena writes it beside the results of UNLOAD.",
    ),
    ("FIRST_ROW", "The first row names the columns."),
    ("GIVEN", "\"CSVHeaders\" names the columns."),
    ("COMMA", "Columns are separated by \",\"."),
    ("PIPE", "Columns are separated by \"|\"."),
    ("SEMICOLON", "Columns are separated by \";\"."),
    ("SPACE", "Columns are separated by a space."),
    ("TAB", "Columns are separated by a tab."),
    ("COMPACT", "An array of the outputs."),
    (
        "FLATTEN",
        "An array of the outputs, with the arrays among them unpacked.",
    ),
    (
        "NONE",
        "Nothing is changed: no jitter, or everything that is known about each result.",
    ),
];

/// Returns what a `Type` means.
pub(crate) fn state_type_doc(word: &str) -> Option<Documentation> {
    let (name, text) = TYPES.iter().find(|(name, _)| *name == word)?;
    let source = format!("Amazon States Language specification, \"{name} state\"");
    Some(Documentation::new(*text, source))
}

/// Returns what a word means that the given field may have.
pub(crate) fn word_doc(word: &str, field: &str) -> Option<Documentation> {
    let (_, text) = WORDS.iter().find(|(name, _)| *name == word)?;
    Some(Documentation::new(
        *text,
        format!("Step Functions Developer Guide, \"{field}\""),
    ))
}
