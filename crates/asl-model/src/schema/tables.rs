//! The tables. Source: Amazon States Language specification and Step Functions Developer Guide.

use super::{Field, Kind};
use crate::definition::QueryLanguage::{JsonPath, Jsonata};

/// The longest time that Step Functions counts in seconds.
const MAX_SECONDS: i64 = 99_999_999;
/// The longest `MaxDelaySeconds`.
const MAX_DELAY_SECONDS: i64 = 31_622_400;

const fn both(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        language: None,
        kind,
        is_required: false,
    }
}

const fn json_path(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        language: Some(JsonPath),
        kind,
        is_required: false,
    }
}

const fn jsonata(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        language: Some(Jsonata),
        kind,
        is_required: false,
    }
}

const fn required(field: Field) -> Field {
    Field {
        is_required: true,
        ..field
    }
}

const COMMENT: Field = both("Comment", Kind::Text);
const NEXT: Field = both("Next", Kind::Text);
const END: Field = both("End", Kind::Bool);
const TYPE: Field = both("Type", Kind::Any);
const QUERY_LANGUAGE: Field = both("QueryLanguage", Kind::Any);
const INPUT_PATH: Field = json_path("InputPath", Kind::Path(true));
const OUTPUT_PATH: Field = json_path("OutputPath", Kind::Path(true));
const RESULT_PATH: Field = json_path("ResultPath", Kind::ReferencePath(true));
const PARAMETERS: Field = json_path("Parameters", Kind::AnyTemplate);
const RESULT_SELECTOR: Field = json_path("ResultSelector", Kind::Template);
const ARGUMENTS: Field = jsonata("Arguments", Kind::AnyTemplate);
const OUTPUT: Field = jsonata("Output", Kind::AnyTemplate);
const ASSIGN: Field = both("Assign", Kind::Template);
const RETRY: Field = both("Retry", Kind::Objects(false));
const CATCH: Field = both("Catch", Kind::Objects(false));
const RESOURCE: Field = both("Resource", Kind::Text);
const ERROR_EQUALS: Field = required(both("ErrorEquals", Kind::Texts));

pub(super) const MACHINE: &[Field] = &[
    required(both("States", Kind::Object)),
    required(both("StartAt", Kind::Text)),
    COMMENT,
    both("Version", Kind::Word(&["1.0"])),
    both("TimeoutSeconds", Kind::Integer(1, MAX_SECONDS)),
    QUERY_LANGUAGE,
];

pub(super) const BRANCH: &[Field] = &[
    required(both("States", Kind::Object)),
    required(both("StartAt", Kind::Text)),
    COMMENT,
];

pub(super) const PROCESSOR: &[Field] = &[
    required(both("States", Kind::Object)),
    required(both("StartAt", Kind::Text)),
    COMMENT,
    both("ProcessorConfig", Kind::Object),
];

pub(super) const PROCESSOR_CONFIG: &[Field] = &[
    both("Mode", Kind::Word(&["INLINE", "DISTRIBUTED"])),
    both("ExecutionType", Kind::Word(&["STANDARD", "EXPRESS"])),
];

pub(super) const TASK: &[Field] = &[
    TYPE,
    COMMENT,
    QUERY_LANGUAGE,
    required(RESOURCE),
    INPUT_PATH,
    PARAMETERS,
    ARGUMENTS,
    RESULT_SELECTOR,
    RESULT_PATH,
    OUTPUT_PATH,
    OUTPUT,
    ASSIGN,
    both("Credentials", Kind::AnyTemplate),
    both("TimeoutSeconds", Kind::DynamicInteger(1, MAX_SECONDS)),
    json_path("TimeoutSecondsPath", Kind::Path(false)),
    both("HeartbeatSeconds", Kind::DynamicInteger(1, MAX_SECONDS)),
    json_path("HeartbeatSecondsPath", Kind::Path(false)),
    RETRY,
    CATCH,
    NEXT,
    END,
];

pub(super) const PARALLEL: &[Field] = &[
    TYPE,
    COMMENT,
    QUERY_LANGUAGE,
    required(both("Branches", Kind::Objects(true))),
    INPUT_PATH,
    PARAMETERS,
    ARGUMENTS,
    RESULT_SELECTOR,
    RESULT_PATH,
    OUTPUT_PATH,
    OUTPUT,
    ASSIGN,
    RETRY,
    CATCH,
    NEXT,
    END,
];

pub(super) const MAP: &[Field] = &[
    TYPE,
    COMMENT,
    QUERY_LANGUAGE,
    both("ItemProcessor", Kind::Object),
    both("Iterator", Kind::Object),
    INPUT_PATH,
    json_path("ItemsPath", Kind::Path(false)),
    jsonata("Items", Kind::DynamicItems),
    both("ItemSelector", Kind::AnyTemplate),
    PARAMETERS,
    both("ItemReader", Kind::Object),
    both("ItemBatcher", Kind::Object),
    both("ResultWriter", Kind::Object),
    both("Label", Kind::Text),
    both("MaxConcurrency", Kind::DynamicInteger(0, i64::MAX)),
    json_path("MaxConcurrencyPath", Kind::Path(false)),
    both("ToleratedFailureCount", Kind::DynamicInteger(0, i64::MAX)),
    json_path("ToleratedFailureCountPath", Kind::Path(false)),
    both("ToleratedFailurePercentage", Kind::DynamicNumber(0.0, 100.0)),
    json_path("ToleratedFailurePercentagePath", Kind::Path(false)),
    RESULT_SELECTOR,
    RESULT_PATH,
    OUTPUT_PATH,
    OUTPUT,
    ASSIGN,
    RETRY,
    CATCH,
    NEXT,
    END,
];

pub(super) const PASS: &[Field] = &[
    TYPE,
    COMMENT,
    QUERY_LANGUAGE,
    INPUT_PATH,
    PARAMETERS,
    json_path("Result", Kind::Any),
    RESULT_PATH,
    OUTPUT_PATH,
    OUTPUT,
    ASSIGN,
    NEXT,
    END,
];

pub(super) const WAIT: &[Field] = &[
    TYPE,
    COMMENT,
    QUERY_LANGUAGE,
    INPUT_PATH,
    OUTPUT_PATH,
    OUTPUT,
    ASSIGN,
    both("Seconds", Kind::DynamicInteger(0, i64::MAX)),
    json_path("SecondsPath", Kind::Path(false)),
    both("Timestamp", Kind::DynamicTimestamp),
    json_path("TimestampPath", Kind::Path(false)),
    NEXT,
    END,
];

pub(super) const CHOICE: &[Field] = &[
    TYPE,
    COMMENT,
    QUERY_LANGUAGE,
    INPUT_PATH,
    OUTPUT_PATH,
    OUTPUT,
    ASSIGN,
    required(both("Choices", Kind::Objects(true))),
    both("Default", Kind::Text),
];

pub(super) const SUCCEED: &[Field] = &[TYPE, COMMENT, QUERY_LANGUAGE, INPUT_PATH, OUTPUT_PATH, OUTPUT];

pub(super) const FAIL: &[Field] = &[
    TYPE,
    COMMENT,
    QUERY_LANGUAGE,
    both("Error", Kind::DynamicText),
    json_path("ErrorPath", Kind::PathOrIntrinsic),
    both("Cause", Kind::DynamicText),
    json_path("CausePath", Kind::PathOrIntrinsic),
];

pub(super) const RETRIER: &[Field] = &[
    ERROR_EQUALS,
    both("IntervalSeconds", Kind::Integer(1, MAX_SECONDS)),
    both("MaxAttempts", Kind::Integer(0, MAX_SECONDS)),
    both("BackoffRate", Kind::Number(1.0, f64::MAX)),
    both("MaxDelaySeconds", Kind::Integer(1, MAX_DELAY_SECONDS)),
    both("JitterStrategy", Kind::Word(&["FULL", "NONE"])),
    COMMENT,
];

pub(super) const CATCHER: &[Field] = &[ERROR_EQUALS, required(NEXT), RESULT_PATH, OUTPUT, ASSIGN, COMMENT];

/// A rule that is an item of `Choices`; its operators are checked apart.
pub(super) const CHOICE_RULE: &[Field] = &[
    required(NEXT),
    jsonata("Condition", Kind::Condition),
    json_path("Variable", Kind::Path(false)),
    json_path("And", Kind::Objects(true)),
    json_path("Or", Kind::Objects(true)),
    json_path("Not", Kind::Object),
    ASSIGN,
    OUTPUT,
    COMMENT,
];

/// A rule inside `And`, `Or` or `Not`.
pub(super) const NESTED_RULE: &[Field] = &[
    json_path("Variable", Kind::Path(false)),
    json_path("And", Kind::Objects(true)),
    json_path("Or", Kind::Objects(true)),
    json_path("Not", Kind::Object),
    COMMENT,
];

pub(super) const ITEM_READER: &[Field] = &[
    required(RESOURCE),
    PARAMETERS,
    ARGUMENTS,
    both("ReaderConfig", Kind::Object),
];

pub(super) const READER_CONFIG: &[Field] = &[
    both(
        "InputType",
        Kind::Word(&["CSV", "JSON", "JSONL", "PARQUET", "MANIFEST"]),
    ),
    both("Transformation", Kind::Word(&["NONE", "LOAD_AND_FLATTEN"])),
    both("ManifestType", Kind::Word(&["S3_INVENTORY", "ATHENA_DATA"])),
    both("CSVHeaderLocation", Kind::Word(&["FIRST_ROW", "GIVEN"])),
    both("CSVHeaders", Kind::Texts),
    both(
        "CSVDelimiter",
        Kind::Word(&["COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"]),
    ),
    both("MaxItems", Kind::DynamicInteger(0, i64::MAX)),
    json_path("MaxItemsPath", Kind::Path(false)),
    both("ItemsPointer", Kind::Text),
];

pub(super) const ITEM_BATCHER: &[Field] = &[
    both("BatchInput", Kind::AnyTemplate),
    both("MaxItemsPerBatch", Kind::DynamicInteger(1, i64::MAX)),
    json_path("MaxItemsPerBatchPath", Kind::Path(false)),
    both("MaxInputBytesPerBatch", Kind::DynamicInteger(1, 262_144)),
    json_path("MaxInputBytesPerBatchPath", Kind::Path(false)),
];

pub(super) const RESULT_WRITER: &[Field] = &[RESOURCE, PARAMETERS, ARGUMENTS, both("WriterConfig", Kind::Object)];

pub(super) const WRITER_CONFIG: &[Field] = &[
    required(both("Transformation", Kind::Word(&["NONE", "COMPACT", "FLATTEN"]))),
    required(both("OutputType", Kind::Word(&["JSON", "JSONL"]))),
];
