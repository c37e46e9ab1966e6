//! ResultWriter: what a distributed Map does with the results of its child executions.

use std::sync::Arc;

use asl_json::{Object, Value};
use asl_model::{OutputType, WriterTransformation};

use crate::contract::ExecutionStatus;
use crate::error::Fault;
use crate::frame::FrameId;
use crate::interpreter::Ctx;
use crate::machine::ResultWriter;
use crate::query::Scope;
use crate::record::ExecutionRecord;

/// Transforms the results and, where the writer names a bucket, writes them there. Returns the state's result.
pub(crate) fn write(
    ctx: &mut Ctx,
    frame: FrameId,
    map_run: usize,
    writer: &ResultWriter,
    outputs: Value,
) -> Result<Value, Fault> {
    let transformation = writer
        .config
        .map_or(WriterTransformation::None, |config| config.transformation);
    if !writer.exports {
        return Ok(transformed(ctx, map_run, transformation, outputs));
    }
    let input = ctx.frames[frame].input.clone();
    let arguments = match &writer.arguments {
        Some(arguments) => Scope::new(ctx, frame, &input).payload(arguments)?,
        None => Value::empty_object(),
    };
    let text = |name: &str| {
        arguments
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let (bucket, prefix) = (text("Bucket"), text("Prefix"));
    if !ctx.objects.has_bucket(&bucket) && ctx.objects.buckets().next().is_some() {
        return Err(Fault::Plain {
            error: "States.ResultWriterFailed",
            cause: format!("The specified bucket does not exist: {bucket}"),
        });
    }
    let folder = match prefix.trim_end_matches('/') {
        "" => ctx.map_runs[map_run].uuid.to_string(),
        prefix => format!("{prefix}/{}", ctx.map_runs[map_run].uuid),
    };
    let output_type = writer.config.map_or(OutputType::Json, |config| config.output_type);
    let export = Export {
        map_run,
        bucket: bucket.clone().into(),
        folder,
        transformation,
        output_type,
    };
    export.write(ctx, outputs);
    Ok(Value::object([
        ("MapRunArn", Value::from(Arc::clone(&ctx.map_runs[map_run].arn))),
        (
            "ResultWriterDetails",
            Value::object([
                ("Bucket", Value::from(bucket)),
                ("Key", Value::from(format!("{}/manifest.json", export.folder))),
            ]),
        ),
    ]))
}

fn transformed(ctx: &Ctx, map_run: usize, transformation: WriterTransformation, outputs: Value) -> Value {
    match transformation {
        WriterTransformation::None => records(ctx, map_run, ExecutionStatus::Succeeded),
        WriterTransformation::Compact => outputs,
        WriterTransformation::Flatten => flattened(&outputs),
    }
}

/// Returns the outputs with arrays among them flattened one level.
fn flattened(outputs: &Value) -> Value {
    let outputs = outputs.as_array().cloned().unwrap_or_default();
    let flat = outputs.iter().flat_map(|output| match output {
        Value::Array(items) => items.to_vec(),
        output => vec![output.clone()],
    });
    Value::array(flat)
}

/// Returns what is known of each child execution of that status.
fn records(ctx: &Ctx, map_run: usize, status: ExecutionStatus) -> Value {
    let children = ctx.map_runs[map_run].children.iter();
    let of_status = children
        .map(|run| &ctx.records[run.0 as usize])
        .filter(|record| record.status == status);
    Value::array(of_status.map(record))
}

fn record(record: &ExecutionRecord) -> Value {
    let included = || Value::object([("Included", Value::Bool(true))]);
    let mut object = Object::new();
    object.insert("ExecutionArn", Arc::clone(&record.arn).into());
    object.insert("Input", record.input.to_string().into());
    object.insert("InputDetails", included());
    object.insert("Name", Arc::clone(&record.name).into());
    if let Some(output) = &record.output {
        object.insert("Output", output.to_string().into());
        object.insert("OutputDetails", included());
    }
    for (name, text) in [("Error", &record.error), ("Cause", &record.cause)] {
        if let Some(text) = text {
            object.insert(name, Arc::clone(text).into());
        }
    }
    object.insert("RedriveCount", Value::from(i64::from(record.redrive_count)));
    object.insert("RedriveStatus", "NOT_REDRIVABLE".into());
    let reason = format!("Execution is {} and cannot be redriven", record.status);
    object.insert("RedriveStatusReason", reason.into());
    object.insert("StartDate", record.start_time.to_string().into());
    object.insert("StateMachineArn", Arc::clone(&record.state_machine_arn).into());
    object.insert("Status", record.status.as_str().into());
    if let Some(time) = record.stop_time {
        object.insert("StopDate", time.to_string().into());
    }
    Value::Object(object)
}

/// Where and how to write.
struct Export {
    map_run: usize,
    bucket: Arc<str>,
    folder: String,
    transformation: WriterTransformation,
    output_type: OutputType,
}

impl Export {
    fn write(&self, ctx: &mut Ctx, outputs: Value) {
        let succeeded = transformed(ctx, self.map_run, self.transformation, outputs);
        let failed = records(ctx, self.map_run, ExecutionStatus::Failed);
        let files = Value::object([
            ("FAILED", self.file(ctx, "FAILED", &failed)),
            ("PENDING", Value::array([])),
            ("SUCCEEDED", self.file(ctx, "SUCCEEDED", &succeeded)),
        ]);
        let manifest = Value::object([
            ("DestinationBucket", Value::from(Arc::clone(&self.bucket))),
            ("MapRunArn", Value::from(Arc::clone(&ctx.map_runs[self.map_run].arn))),
            ("ResultFiles", files),
        ]);
        self.put(ctx, "manifest.json", manifest.to_string());
    }

    /// Writes one result file, where there is anything to write, and returns its entry in the manifest.
    fn file(&self, ctx: &mut Ctx, kind: &str, content: &Value) -> Value {
        let items = content.as_array().cloned().unwrap_or_default();
        if items.is_empty() {
            return Value::array([]);
        }
        let (name, text) = match self.output_type {
            OutputType::Json => (format!("{kind}_0.json"), content.to_string()),
            OutputType::Jsonl => {
                let lines: Vec<String> = items.iter().map(Value::to_string).collect();
                (format!("{kind}_0.jsonl"), lines.join("\n"))
            }
        };
        let size = i64::try_from(text.len()).unwrap_or(i64::MAX);
        let key = self.put(ctx, &name, text);
        Value::array([Value::object([("Key", Value::from(key)), ("Size", Value::from(size))])])
    }

    fn put(&self, ctx: &mut Ctx, name: &str, text: String) -> String {
        let key = format!("{}/{name}", self.folder);
        let now = ctx.now;
        ctx.objects
            .put(Arc::clone(&self.bucket), key.as_str(), text.into_bytes(), now);
        key
    }
}
