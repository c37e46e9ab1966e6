//! ItemReader: where a distributed Map reads its items, and how it reads them.

use std::sync::Arc;

use asl_json::{Object, Value};
use asl_model::{CsvDelimiter, CsvHeaderLocation, InputType, ManifestType, ReaderTransformation};

use crate::error::Fault;
use crate::frame::Item;
use crate::interpreter::Ctx;
use crate::machine::ItemReader;

/// `MaxItems` beyond this is taken as this. Source: recordings.
const MOST_ITEMS: i64 = 100_000_000;

/// Returns how many items to read at most; 0 means no limit.
pub(crate) fn limit(max_items: Option<i64>) -> Result<usize, Fault> {
    match max_items {
        None | Some(0) => Ok(usize::MAX),
        Some(limit) if limit < 0 => Err(failed("field MaxItems must be positive")),
        Some(limit) => Ok(usize::try_from(limit.min(MOST_ITEMS)).unwrap_or(usize::MAX)),
    }
}

fn failed(cause: impl Into<String>) -> Fault {
    Fault::Plain {
        error: "States.ItemReaderFailed",
        cause: cause.into(),
    }
}

/// Reads items from the buckets.
pub(crate) fn read(ctx: &Ctx, reader: &ItemReader, arguments: &Value, limit: usize) -> Result<Vec<Item>, Fault> {
    let text = |name: &str| arguments.get(name).and_then(Value::as_str).unwrap_or_default();
    let bucket = text("Bucket");
    if !ctx.objects.has_bucket(bucket) {
        return Err(failed(format!("The specified bucket does not exist: {bucket}")));
    }
    let (source, mut values) = if &*reader.action == "listObjectsV2" {
        let prefix = text("Prefix");
        let values = match reader.transformation {
            Some(ReaderTransformation::LoadAndFlatten) => load_and_flatten(ctx, reader, bucket, prefix)?,
            Some(ReaderTransformation::None) | None => listing(ctx, bucket, prefix),
        };
        (format!("S3://{bucket}"), values)
    } else {
        let key = text("Key");
        let body = object_text(ctx, bucket, key)?;
        let values = match (reader.manifest_type, reader.input_type) {
            (Some(ManifestType::S3Inventory), _) | (None, Some(InputType::Manifest)) => inventory(ctx, bucket, &body)?,
            (Some(ManifestType::AthenaData), _) => athena(ctx, reader, &body)?,
            (None, _) => entries(ctx, reader, &body, key)?,
        };
        (format!("S3://{bucket}/{key}"), values)
    };
    values.truncate(limit);
    let source: Arc<str> = source.into();
    let item = |(index, Entry { key, value }): (usize, Entry)| Item {
        index: u32::try_from(index).unwrap_or(u32::MAX),
        value,
        key,
        source: Some(Arc::clone(&source)),
    };
    Ok(values.into_iter().enumerate().map(item).collect())
}

/// Returns the items of data that have been read.
pub(crate) fn items_of_text(ctx: &Ctx, reader: &ItemReader, data: &str) -> Result<Vec<Item>, Fault> {
    let item = |(index, Entry { key, value }): (usize, Entry)| Item {
        index: u32::try_from(index).unwrap_or(u32::MAX),
        value,
        key,
        source: None,
    };
    let entries = entries(ctx, reader, data, "MapItemReaderData")?;
    Ok(entries.into_iter().enumerate().map(item).collect())
}

/// One item with its key, where it is a member of an object.
struct Entry {
    key: Option<Arc<str>>,
    value: Value,
}

impl From<Value> for Entry {
    fn from(value: Value) -> Entry {
        Entry { key: None, value }
    }
}

fn object_text(ctx: &Ctx, bucket: &str, key: &str) -> Result<String, Fault> {
    let object = ctx
        .objects
        .object(bucket, key)
        .ok_or_else(|| failed(format!("The specified key does not exist: {key}")))?;
    Ok(String::from_utf8_lossy(&object.body).into_owned())
}

/// Lists objects the way the service describes them to a Map.
fn listing(ctx: &Ctx, bucket: &str, prefix: &str) -> Vec<Entry> {
    let described = |(key, object): (&Arc<str>, &crate::object_store::StoredObject)| {
        let size = i64::try_from(object.body.len()).unwrap_or(i64::MAX);
        Value::object([
            ("Etag", Value::from(Arc::clone(&object.etag))),
            ("LastModified", Value::from(object.last_modified.0 / 1000)),
            ("Key", Value::from(Arc::clone(key))),
            ("Size", Value::from(size)),
            ("StorageClass", Value::from("STANDARD")),
        ])
    };
    ctx.objects
        .list(bucket, prefix)
        .map(described)
        .map(Entry::from)
        .collect()
}

fn load_and_flatten(ctx: &Ctx, reader: &ItemReader, bucket: &str, prefix: &str) -> Result<Vec<Entry>, Fault> {
    let mut all = Vec::new();
    for (key, object) in ctx.objects.list(bucket, prefix) {
        all.extend(entries(ctx, reader, &String::from_utf8_lossy(&object.body), key)?);
    }
    Ok(all)
}

fn entries(ctx: &Ctx, reader: &ItemReader, body: &str, key: &str) -> Result<Vec<Entry>, Fault> {
    match reader.input_type {
        Some(InputType::Csv) => csv(reader, body),
        Some(InputType::Jsonl) => json_lines(body),
        Some(InputType::Parquet) => Err(failed(format!("Parquet files cannot be read here: {key}"))),
        Some(InputType::Json | InputType::Manifest) | None => json(ctx, reader, body),
    }
}

fn json(ctx: &Ctx, reader: &ItemReader, body: &str) -> Result<Vec<Entry>, Fault> {
    let document = asl_json::parse_value(body).map_err(|error| failed(error.message))?;
    let node = match &reader.items_pointer {
        Some(pointer) => at_pointer(&document, pointer).ok_or_else(|| {
            failed("The provided ReaderConfig.ItemsPointer does not match any valid path in the JSON structure.")
        })?,
        None => &document,
    };
    match node {
        Value::Array(items) => Ok(items.iter().cloned().map(Entry::from).collect()),
        Value::Object(members) if reader.items_pointer.is_some() || ctx.options.behavior.items_may_be_object => {
            Ok(members.iter().map(|(key, value)| member(key, value)).collect())
        }
        _ => Err(failed("Attempting to map over non-iterable node.")),
    }
}

/// Returns the item that a member of an object is.
fn member(key: &Arc<str>, value: &Value) -> Entry {
    Entry {
        key: Some(Arc::clone(key)),
        value: Value::object([("Key", Value::from(Arc::clone(key))), ("Value", value.clone())]),
    }
}

/// Returns what a JSON Pointer (RFC 6901) points at.
fn at_pointer<'a>(document: &'a Value, pointer: &str) -> Option<&'a Value> {
    pointer.split('/').skip(1).try_fold(document, |node, step| {
        let step = step.replace("~1", "/").replace("~0", "~");
        match node {
            Value::Object(object) => object.get(&step),
            Value::Array(items) => items.get(step.parse::<usize>().ok()?),
            _ => None,
        }
    })
}

fn json_lines(body: &str) -> Result<Vec<Entry>, Fault> {
    let lines = body.lines().filter(|line| !line.trim().is_empty());
    let parse = |line| {
        asl_json::parse_value(line)
            .map(Entry::from)
            .map_err(|error| failed(error.message))
    };
    lines.map(parse).collect()
}

fn csv(reader: &ItemReader, body: &str) -> Result<Vec<Entry>, Fault> {
    let mut rows = rows(body, delimiter(reader.csv_delimiter)).into_iter();
    let headers: Vec<Arc<str>> = match reader.csv_header_location {
        Some(CsvHeaderLocation::Given) => reader.csv_headers.clone(),
        Some(CsvHeaderLocation::FirstRow) | None => {
            rows.next().unwrap_or_default().into_iter().map(Arc::from).collect()
        }
    };
    let repeated = |(index, header): (usize, &Arc<str>)| headers[..index].contains(header);
    if headers.iter().enumerate().any(repeated) {
        return Err(failed("CSV headers cannot contain duplicates."));
    }
    let row = |cells: Vec<String>| {
        let mut cells = cells.into_iter();
        let object: Object = headers
            .iter()
            .map(|header| (Arc::clone(header), Value::from(cells.next().unwrap_or_default())))
            .collect();
        Entry::from(Value::Object(object))
    };
    Ok(rows.map(row).collect())
}

fn delimiter(delimiter: CsvDelimiter) -> char {
    match delimiter {
        CsvDelimiter::Comma => ',',
        CsvDelimiter::Pipe => '|',
        CsvDelimiter::Semicolon => ';',
        CsvDelimiter::Space => ' ',
        CsvDelimiter::Tab => '\t',
    }
}

/// Splits CSV text (RFC 4180) into rows of cells. A blank line is a row with one empty cell.
fn rows(text: &str, delimiter: char) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut cell = String::new();
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            '\r' if !quoted && chars.peek() == Some(&'\n') => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            char if char == delimiter && !quoted => row.push(std::mem::take(&mut cell)),
            char => cell.push(char),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

/// Reads the objects that an S3 Inventory manifest lists: CSV without headers, columns named by the manifest.
fn inventory(ctx: &Ctx, bucket: &str, manifest: &str) -> Result<Vec<Entry>, Fault> {
    let manifest = asl_json::parse_value(manifest).map_err(|error| failed(error.message))?;
    let schema = manifest.get("fileSchema").and_then(Value::as_str).unwrap_or_default();
    let headers: Vec<&str> = schema.split(',').map(str::trim).collect();
    let from = manifest.get("destinationBucket").and_then(Value::as_str);
    let bucket = from.map_or(bucket, |arn| arn.rsplit(':').next().unwrap_or(arn));
    let files = manifest
        .get("files")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let mut all = Vec::new();
    for key in files.iter().filter_map(|file| file.get("key").and_then(Value::as_str)) {
        for cells in rows(&object_text(ctx, bucket, key)?, ',') {
            let object: Object = headers
                .iter()
                .copied()
                .zip(cells.into_iter().map(Value::from))
                .collect();
            all.push(Entry::from(Value::Object(object)));
        }
    }
    Ok(all)
}

/// Reads the data files that a manifest of Athena lists, one `s3://bucket/key` a line.
fn athena(ctx: &Ctx, reader: &ItemReader, manifest: &str) -> Result<Vec<Entry>, Fault> {
    let mut all = Vec::new();
    for line in manifest.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let place = line.strip_prefix("s3://").and_then(|place| place.split_once('/'));
        let (bucket, key) = place.ok_or_else(|| failed(format!("Not an S3 address: {line}")))?;
        all.extend(entries(ctx, reader, &object_text(ctx, bucket, key)?, key)?);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_rows_follow_rfc_4180() {
        assert_eq!(
            rows("a,\"b,\"\"c\"\"\"\r\n\n1", ','),
            [vec!["a", "b,\"c\""], vec![""], vec!["1"]]
        );
        assert_eq!(rows("a|b\n", '|'), [vec!["a", "b"]]);
        assert!(rows("", ',').is_empty());
    }

    #[test]
    fn pointers_follow_rfc_6901() {
        let document = asl_json::parse_value(r#"{"a/b": [{"c~d": 1}]}"#).unwrap();
        assert_eq!(at_pointer(&document, "/a~1b/0/c~0d"), Some(&Value::from(1)));
        assert_eq!(at_pointer(&document, ""), Some(&document));
        assert_eq!(at_pointer(&document, "/x"), None);
    }

    #[test]
    fn the_number_of_items_is_limited_by_choice() {
        assert_eq!(limit(None), Ok(usize::MAX));
        assert_eq!(limit(Some(0)), Ok(usize::MAX));
        assert_eq!(limit(Some(2)), Ok(2));
        assert!(limit(Some(-1)).is_err());
    }
}
