//! Map: runs the same states for each of many items.

use std::sync::Arc;

use asl_json::Value;

use crate::definition::{Body, MachineType};
use crate::dynamic::Dynamic;
use crate::resource::Resource;

/// A Map state.
#[derive(Clone, Debug)]
pub struct MapState {
    /// `ItemProcessor`, or `Iterator`, its older name.
    pub item_processor: ItemProcessor,
    /// `ItemsPath` (JSONPath)
    pub items_path: Option<Arc<str>>,
    /// `Items` (JSONata): an array, an object or a `{% %}` string.
    pub items: Option<Value>,
    /// `ItemSelector`: a payload template in JSONPath, a template or `{% %}` string in JSONata.
    pub item_selector: Option<Value>,
    /// `Parameters` (JSONPath): the older name of `ItemSelector`.
    pub parameters: Option<Value>,
    /// `ItemReader`
    pub item_reader: Option<ItemReader>,
    /// `ItemBatcher`
    pub item_batcher: Option<ItemBatcher>,
    /// `ResultWriter`
    pub result_writer: Option<ResultWriter>,
    /// `MaxConcurrency` or `MaxConcurrencyPath`; zero means as many as the service allows.
    pub max_concurrency: Option<Dynamic<i64>>,
    /// `ToleratedFailureCount` or `ToleratedFailureCountPath`
    pub tolerated_failure_count: Option<Dynamic<i64>>,
    /// `ToleratedFailurePercentage` or `ToleratedFailurePercentagePath`, between 0 and 100.
    pub tolerated_failure_percentage: Option<Dynamic<f64>>,
    /// `Label`: a part of the names of a distributed Map's child executions.
    pub label: Option<Arc<str>>,
}

/// What a Map runs per item or batch.
#[derive(Clone, Debug)]
pub struct ItemProcessor {
    /// Its states.
    pub body: Body,
    /// `ProcessorConfig.Mode`
    pub mode: ProcessorMode,
    /// `ProcessorConfig.ExecutionType`, which a distributed Map must have.
    pub execution_type: Option<MachineType>,
    /// True where the definition says `Iterator`.
    pub is_iterator: bool,
}

/// Where the iterations of a Map run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProcessorMode {
    /// In the execution itself.
    #[default]
    Inline,
    /// In child executions.
    Distributed,
}

/// Where a distributed Map reads its items.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemReader {
    /// `Resource`
    pub resource: Resource,
    /// `Parameters` (JSONPath): a payload template.
    pub parameters: Option<Value>,
    /// `Arguments` (JSONata): a template.
    pub arguments: Option<Value>,
    /// `ReaderConfig`; all defaults where it is absent.
    pub reader_config: ReaderConfig,
}

/// How to read the items.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReaderConfig {
    /// `InputType`
    pub input_type: Option<InputType>,
    /// `Transformation`
    pub transformation: Option<ReaderTransformation>,
    /// `ManifestType`
    pub manifest_type: Option<ManifestType>,
    /// `CSVHeaderLocation`
    pub csv_header_location: Option<CsvHeaderLocation>,
    /// `CSVHeaders`
    pub csv_headers: Vec<Arc<str>>,
    /// `CSVDelimiter`; a comma by default.
    pub csv_delimiter: CsvDelimiter,
    /// `MaxItems` or `MaxItemsPath`; zero means no limit.
    pub max_items: Option<Dynamic<i64>>,
    /// `ItemsPointer`: a JSON pointer to the items inside a JSON document.
    pub items_pointer: Option<Arc<str>>,
}

/// The format of what is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputType {
    /// `CSV`
    Csv,
    /// `JSON`
    Json,
    /// `JSONL`
    Jsonl,
    /// `PARQUET`
    Parquet,
    /// `MANIFEST`
    Manifest,
}

/// What becomes of the objects a listing finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReaderTransformation {
    /// `NONE`: each object's description is an item.
    None,
    /// `LOAD_AND_FLATTEN`: each object is read, and what it holds are the items.
    LoadAndFlatten,
}

/// The kind of manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ManifestType {
    /// `S3_INVENTORY`
    S3Inventory,
    /// `ATHENA_DATA`
    AthenaData,
}

/// Where the names of the columns are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CsvHeaderLocation {
    /// `FIRST_ROW`
    FirstRow,
    /// `GIVEN`: in `CSVHeaders`.
    Given,
}

/// What separates the cells of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CsvDelimiter {
    /// `COMMA`
    #[default]
    Comma,
    /// `PIPE`
    Pipe,
    /// `SEMICOLON`
    Semicolon,
    /// `SPACE`
    Space,
    /// `TAB`
    Tab,
}

/// How a distributed Map groups its items.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemBatcher {
    /// `BatchInput`: a payload template in JSONPath, a template in JSONata.
    pub batch_input: Option<Value>,
    /// `MaxItemsPerBatch` or `MaxItemsPerBatchPath`
    pub max_items_per_batch: Option<Dynamic<i64>>,
    /// `MaxInputBytesPerBatch` or `MaxInputBytesPerBatchPath`
    pub max_input_bytes_per_batch: Option<Dynamic<i64>>,
}

/// Where a distributed Map writes its results.
#[derive(Clone, Debug, PartialEq)]
pub struct ResultWriter {
    /// `Resource`; without one the results stay in the state's result.
    pub resource: Option<Resource>,
    /// `Parameters` (JSONPath): a payload template.
    pub parameters: Option<Value>,
    /// `Arguments` (JSONata): a template.
    pub arguments: Option<Value>,
    /// `WriterConfig`
    pub writer_config: Option<WriterConfig>,
}

/// How to write the results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WriterConfig {
    /// `Transformation`
    pub transformation: WriterTransformation,
    /// `OutputType`
    pub output_type: OutputType,
}

/// What becomes of the results of the child executions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WriterTransformation {
    /// `NONE`: outputs with what is known of each child execution.
    #[default]
    None,
    /// `COMPACT`: an array of outputs.
    Compact,
    /// `FLATTEN`: an array of outputs, arrays among them flattened one level.
    Flatten,
}

/// The format of what is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OutputType {
    /// `JSON`
    #[default]
    Json,
    /// `JSONL`
    Jsonl,
}
