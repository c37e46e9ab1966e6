//! Lowers Map states and their parts.

use asl_json::{Number, Object, Value};

use super::states::Source;
use super::{body, dynamic, integer, text, texts};
use crate::definition::{MachineType, QueryLanguage};
use crate::location::Location;
use crate::resource::Resource;
use crate::state::{
    CsvDelimiter, CsvHeaderLocation, InputType, ItemBatcher, ItemProcessor, ItemReader, ManifestType, MapState,
    OutputType, ProcessorMode, ReaderConfig, ReaderTransformation, ResultWriter, WriterConfig, WriterTransformation,
};

pub(super) fn map(source: &Source) -> MapState {
    let (raw, language) = (source.raw, source.language);
    let object = |field: &str| raw.get(field).and_then(Value::as_object);
    let of_language = |field: &str, wanted| raw.get(field).cloned().filter(|_| language == wanted);
    MapState {
        item_processor: item_processor(source),
        items_path: text(raw, "ItemsPath").filter(|_| language == QueryLanguage::JsonPath),
        items: of_language("Items", QueryLanguage::Jsonata),
        item_selector: raw.get("ItemSelector").cloned(),
        parameters: of_language("Parameters", QueryLanguage::JsonPath),
        item_reader: object("ItemReader").map(|raw| item_reader(raw, language)),
        item_batcher: object("ItemBatcher").map(|raw| ItemBatcher {
            batch_input: raw.get("BatchInput").cloned(),
            max_items_per_batch: dynamic(raw, language, "MaxItemsPerBatch", integer),
            max_input_bytes_per_batch: dynamic(raw, language, "MaxInputBytesPerBatch", integer),
        }),
        result_writer: object("ResultWriter").map(result_writer),
        max_concurrency: dynamic(raw, language, "MaxConcurrency", integer),
        tolerated_failure_count: dynamic(raw, language, "ToleratedFailureCount", integer),
        tolerated_failure_percentage: dynamic(raw, language, "ToleratedFailurePercentage", |value| {
            value.as_number().map(Number::as_f64)
        }),
        label: text(raw, "Label"),
    }
}

fn item_processor(source: &Source) -> ItemProcessor {
    let field = if source.raw.contains_key("ItemProcessor") || !source.raw.contains_key("Iterator") {
        "ItemProcessor"
    } else {
        "Iterator"
    };
    let raw = source
        .raw
        .get(field)
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    let config = raw.get("ProcessorConfig").and_then(Value::as_object);
    let word = |name: &str| config.and_then(|config| config.get(name)).and_then(Value::as_str);
    let location: Location = source.location.member(field);
    ItemProcessor {
        mode: match word("Mode") {
            Some("DISTRIBUTED") => ProcessorMode::Distributed,
            _ => ProcessorMode::Inline,
        },
        execution_type: match word("ExecutionType") {
            Some("STANDARD") => Some(MachineType::Standard),
            Some("EXPRESS") => Some(MachineType::Express),
            _ => None,
        },
        body: body(&raw, source.machine_language, location),
        is_iterator: field == "Iterator",
    }
}

fn item_reader(raw: &Object, language: QueryLanguage) -> ItemReader {
    let config = raw.get("ReaderConfig").and_then(Value::as_object);
    ItemReader {
        resource: Resource::from_text(text(raw, "Resource").unwrap_or_default()),
        parameters: raw.get("Parameters").cloned(),
        arguments: raw.get("Arguments").cloned(),
        reader_config: config.map(|raw| reader_config(raw, language)).unwrap_or_default(),
    }
}

fn reader_config(raw: &Object, language: QueryLanguage) -> ReaderConfig {
    ReaderConfig {
        input_type: one_of(
            raw,
            "InputType",
            &[
                ("CSV", InputType::Csv),
                ("JSON", InputType::Json),
                ("JSONL", InputType::Jsonl),
                ("PARQUET", InputType::Parquet),
                ("MANIFEST", InputType::Manifest),
            ],
        ),
        transformation: one_of(
            raw,
            "Transformation",
            &[
                ("NONE", ReaderTransformation::None),
                ("LOAD_AND_FLATTEN", ReaderTransformation::LoadAndFlatten),
            ],
        ),
        manifest_type: one_of(
            raw,
            "ManifestType",
            &[
                ("S3_INVENTORY", ManifestType::S3Inventory),
                ("ATHENA_DATA", ManifestType::AthenaData),
            ],
        ),
        csv_header_location: one_of(
            raw,
            "CSVHeaderLocation",
            &[
                ("FIRST_ROW", CsvHeaderLocation::FirstRow),
                ("GIVEN", CsvHeaderLocation::Given),
            ],
        ),
        csv_headers: texts(raw, "CSVHeaders"),
        csv_delimiter: csv_delimiter(raw),
        max_items: dynamic(raw, language, "MaxItems", integer),
        items_pointer: text(raw, "ItemsPointer"),
    }
}

fn csv_delimiter(raw: &Object) -> CsvDelimiter {
    let words = [
        ("COMMA", CsvDelimiter::Comma),
        ("PIPE", CsvDelimiter::Pipe),
        ("SEMICOLON", CsvDelimiter::Semicolon),
        ("SPACE", CsvDelimiter::Space),
        ("TAB", CsvDelimiter::Tab),
    ];
    one_of(raw, "CSVDelimiter", &words).unwrap_or_default()
}

fn result_writer(raw: &Object) -> ResultWriter {
    ResultWriter {
        resource: text(raw, "Resource").map(Resource::from_text),
        parameters: raw.get("Parameters").cloned(),
        arguments: raw.get("Arguments").cloned(),
        writer_config: raw
            .get("WriterConfig")
            .and_then(Value::as_object)
            .map(|raw| WriterConfig {
                transformation: one_of(
                    raw,
                    "Transformation",
                    &[
                        ("NONE", WriterTransformation::None),
                        ("COMPACT", WriterTransformation::Compact),
                        ("FLATTEN", WriterTransformation::Flatten),
                    ],
                )
                .unwrap_or_default(),
                output_type: one_of(
                    raw,
                    "OutputType",
                    &[("JSON", OutputType::Json), ("JSONL", OutputType::Jsonl)],
                )
                .unwrap_or_default(),
            }),
    }
}

/// Returns what the word in the field stands for.
fn one_of<T: Copy>(raw: &Object, field: &str, words: &[(&str, T)]) -> Option<T> {
    let word = raw.get(field)?.as_str()?;
    words
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, meaning)| *meaning)
}
