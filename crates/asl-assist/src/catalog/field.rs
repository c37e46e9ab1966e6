//! The fields.

use asl_model::schema::Shape;

use super::Documentation;

const SPEC: &str = "Amazon States Language specification";
const GUIDE: &str = "Step Functions Developer Guide";

/// Where a row holds.
type Where = Option<Shape>;

/// Rows: the only shape the text is meant for, the field, the text, whether the source is the Developer Guide, and the
/// section there. Rows for one shape come before those for all.
type Row = (Where, &'static str, &'static str, bool, &'static str);

const fn spec(name: &'static str, text: &'static str, section: &'static str) -> Row {
    (None, name, text, false, section)
}

const fn guide(name: &'static str, text: &'static str, page: &'static str) -> Row {
    (None, name, text, true, page)
}

const fn only(shape: Shape, row: Row) -> Row {
    (Some(shape), row.1, row.2, row.3, row.4)
}

/// Returns what a field of an object of that shape is for.
pub(crate) fn field_doc(shape: Option<Shape>, name: &str) -> Option<Documentation> {
    let mut rows = ROWS.iter().filter(|row| row.1 == name);
    let row = rows.find(|row| row.0.is_none() || row.0 == shape)?;
    let book = if row.3 { GUIDE } else { SPEC };
    Some(Documentation::new(row.2, format!("{book}, \"{}\"", row.4)))
}

const ROWS: &[Row] = &[
    spec("Comment", "A note for readers. It has no effect.", "Top-level fields"),
    spec(
        "Version",
        "The version of the language. Only \"1.0\" exists, which is also the default.",
        "Top-level fields",
    ),
    spec(
        "StartAt",
        "The name of the state with which this part begins. It must be a name in the \"States\" beside it.",
        "Top-level fields",
    ),
    spec(
        "States",
        "The states by name. Names are case-sensitive, at most 80 characters long, and unique in the whole definition.",
        "Top-level fields",
    ),
    spec(
        "QueryLanguage",
        "JSONPath or JSONata. On a state it overrides the machine's; a JSONata machine cannot have JSONPath states.",
        "Query languages",
    ),
    only(
        Shape::Machine,
        spec(
            "TimeoutSeconds",
            "How long an execution may take. When the time is up it ends as TIMED_OUT, which nothing can catch.",
            "Top-level fields",
        ),
    ),
    spec(
        "Type",
        "What the state does: Task, Pass, Choice, Wait, Parallel, Map, Succeed or Fail.",
        "States",
    ),
    only(
        Shape::ChoiceRule,
        spec("Next", "The state to go on with when this rule holds.", "Choice state"),
    ),
    only(
        Shape::Catcher,
        spec(
            "Next",
            "The state to go on with when this catcher matches.",
            "Fallback states",
        ),
    ),
    spec(
        "Next",
        "The state to go on with after this one. It must stand beside this one: no transition enters or leaves a Map or Parallel.",
        "Transitions",
    ),
    spec(
        "End",
        "true makes this the last state of the execution, branch or iteration. It takes the place of \"Next\".",
        "Transitions",
    ),
    spec(
        "InputPath",
        "Selects the part of the input that the state works with. The default \"$\" takes all of it, null gives an empty object.",
        "Input and output processing",
    ),
    spec(
        "OutputPath",
        "Selects the part of the result that becomes the state's output. The default \"$\" takes all of it, null gives an empty object.",
        "Input and output processing",
    ),
    only(
        Shape::Map,
        spec(
            "Parameters",
            "The old name of \"ItemSelector\": what each iteration gets as its input.",
            "Map state",
        ),
    ),
    only(
        Shape::ItemReader,
        spec(
            "Parameters",
            "What to read: the bucket, and the key or prefix. Names ending in \".$\" are computed.",
            "ItemReader",
        ),
    ),
    only(
        Shape::ResultWriter,
        spec(
            "Parameters",
            "Where to write: the bucket and the prefix. Names ending in \".$\" are computed.",
            "ResultWriter",
        ),
    ),
    spec(
        "Parameters",
        "What the state works with instead of its plain input. Names ending in \".$\" hold a path or an intrinsic function; their value is computed.",
        "Parameters",
    ),
    only(
        Shape::ItemReader,
        spec(
            "Arguments",
            "What to read: the bucket, and the key or prefix. {% %} strings are computed.",
            "ItemReader",
        ),
    ),
    only(
        Shape::ResultWriter,
        spec(
            "Arguments",
            "Where to write: the bucket and the prefix. {% %} strings are computed.",
            "ResultWriter",
        ),
    ),
    spec(
        "Arguments",
        "What the task or the branches get instead of the state's input. Strings of the form {% expression %} are computed, at any depth.",
        "Arguments",
    ),
    spec(
        "ResultSelector",
        "Reshapes the raw result before \"ResultPath\" is applied. \"$\" is the result here.",
        "ResultSelector",
    ),
    spec(
        "ResultPath",
        "Where the result is put into the state's input. The default \"$\" replaces the input, null drops the result.",
        "ResultPath",
    ),
    spec(
        "Result",
        "The fixed result of the state. It is taken as it stands: no path or expression in it is computed.",
        "Pass state",
    ),
    only(
        Shape::ChoiceRule,
        spec(
            "Output",
            "The state's output when this rule holds; the state's input where it is left out.",
            "Choice state",
        ),
    ),
    only(
        Shape::Catcher,
        spec(
            "Output",
            "The state's output when this catcher matches; the error output where it is left out. $states.errorOutput holds the error.",
            "Fallback states",
        ),
    ),
    spec(
        "Output",
        "The state's output. Where it is left out, it is the result, or the input of a state that has no result.",
        "Output",
    ),
    only(
        Shape::ChoiceRule,
        spec("Assign", "Variables to set when this rule holds.", "Variables"),
    ),
    only(
        Shape::Catcher,
        spec(
            "Assign",
            "Variables to set when this catcher matches. The state's own \"Assign\" does not run then.",
            "Variables",
        ),
    ),
    spec(
        "Assign",
        "Variables to set when the state succeeds. All values are computed before any is set; the states after this one see them.",
        "Variables",
    ),
    only(
        Shape::ItemReader,
        spec(
            "Resource",
            "What reads the items: s3:getObject for one file, s3:listObjectsV2 for the names in a bucket.",
            "ItemReader",
        ),
    ),
    only(
        Shape::ResultWriter,
        spec("Resource", "What writes the results: s3:putObject.", "ResultWriter"),
    ),
    spec(
        "Resource",
        "The ARN of what the task calls: a service integration, a Lambda function or an activity. It cannot be computed.",
        "Task state",
    ),
    guide(
        "Credentials",
        "The role that the task assumes, as \"RoleArn\"; for resources in another account.",
        "Accessing resources in other accounts",
    ),
    spec(
        "TimeoutSeconds",
        "How long the task may take before it fails with States.Timeout.",
        "Task state",
    ),
    spec(
        "TimeoutSecondsPath",
        "A path to the number of seconds that the task may take.",
        "Task state",
    ),
    spec(
        "HeartbeatSeconds",
        "How long the task may be silent before it fails with States.Timeout. It must be less than \"TimeoutSeconds\".",
        "Task state",
    ),
    spec(
        "HeartbeatSecondsPath",
        "A path to the number of seconds that the task may be silent.",
        "Task state",
    ),
    spec(
        "Retry",
        "What to do after an error: the first retrier whose \"ErrorEquals\" matches decides how often and how soon the state runs again.",
        "Retrying after error",
    ),
    spec(
        "Catch",
        "Where to go on after an error that no retrier took care of: the first catcher whose \"ErrorEquals\" matches decides.",
        "Fallback states",
    ),
    spec(
        "ErrorEquals",
        "The error names that match. States.ALL matches nearly every one and must stand alone, in the last object of the list.",
        "Errors",
    ),
    spec(
        "IntervalSeconds",
        "Seconds before the first retry; 1 where it is left out.",
        "Retrying after error",
    ),
    spec(
        "MaxAttempts",
        "How many retries there are; 3 where it is left out, and 0 for none.",
        "Retrying after error",
    ),
    spec(
        "BackoffRate",
        "By what the waiting time is multiplied after each retry; 2 where it is left out.",
        "Retrying after error",
    ),
    spec(
        "MaxDelaySeconds",
        "The longest waiting time before a retry, whatever the backoff comes to.",
        "Retrying after error",
    ),
    spec(
        "JitterStrategy",
        "FULL draws each waiting time between zero and what the backoff gives; NONE, the default, waits exactly that long.",
        "Retrying after error",
    ),
    spec(
        "Branches",
        "State machines that run at the same time, each with a copy of the state's input. The result is the array of their outputs, in this order.",
        "Parallel state",
    ),
    spec(
        "ItemProcessor",
        "The state machine that runs once for each item.",
        "Map state",
    ),
    spec("Iterator", "The old name of \"ItemProcessor\".", "Map state"),
    guide(
        "ProcessorConfig",
        "How iterations run: inside this execution, or as child executions of their own.",
        "Map state processing modes",
    ),
    guide(
        "Mode",
        "INLINE, the default, runs iterations inside this execution, at most 40 at once. DISTRIBUTED gives each its own child execution.",
        "Map state processing modes",
    ),
    guide(
        "ExecutionType",
        "The type of the child executions of a distributed Map.",
        "Using Map state in Distributed mode",
    ),
    spec(
        "ItemsPath",
        "A path to the array of items; the whole input where it is left out.",
        "Map state",
    ),
    spec(
        "Items",
        "The items: an array, or an expression that gives one. Where it is left out, the input must be an array.",
        "Map state",
    ),
    spec(
        "ItemSelector",
        "What each iteration gets as its input instead of the bare item. The item is in Map.Item.Value of the context object; the input is that of the Map.",
        "Map state",
    ),
    spec(
        "MaxConcurrency",
        "How many iterations may run at once. 0 sets no limit of its own, 1 runs them one after the other.",
        "Map state concurrency",
    ),
    spec(
        "MaxConcurrencyPath",
        "A path to the number of iterations that may run at once.",
        "Map state concurrency",
    ),
    guide(
        "ItemReader",
        "Reads the items from Amazon S3 instead of the state's input. For distributed Maps.",
        "ItemReader",
    ),
    guide(
        "ReaderConfig",
        "What the file holds and how much of it to read.",
        "ItemReader",
    ),
    guide(
        "InputType",
        "The format of the file: CSV, JSON, JSONL, PARQUET, or MANIFEST for an inventory of objects.",
        "ItemReader",
    ),
    only(
        Shape::ReaderConfig,
        guide(
            "Transformation",
            "LOAD_AND_FLATTEN reads every listed object and takes the items out of all of them.",
            "ItemReader",
        ),
    ),
    guide(
        "ManifestType",
        "Which kind of manifest it is: an S3 inventory, or the one Athena writes beside its results.",
        "ItemReader",
    ),
    guide(
        "CSVHeaderLocation",
        "FIRST_ROW takes the names of the columns from the file, GIVEN from \"CSVHeaders\".",
        "ItemReader",
    ),
    guide(
        "CSVHeaders",
        "The names of the columns, where the file has none.",
        "ItemReader",
    ),
    guide(
        "CSVDelimiter",
        "What separates the columns; a comma where it is left out.",
        "ItemReader",
    ),
    guide("MaxItems", "How many items to read at most.", "ItemReader"),
    guide(
        "MaxItemsPath",
        "A path to the number of items to read at most.",
        "ItemReader",
    ),
    guide(
        "ItemsPointer",
        "A JSON pointer, such as /data/items, to the items inside a JSON file.",
        "ItemReader",
    ),
    guide(
        "ItemBatcher",
        "Hands several items to each child execution, as {\"Items\": [...]}. For distributed Maps.",
        "ItemBatcher",
    ),
    guide(
        "BatchInput",
        "Data that every batch gets beside its items.",
        "ItemBatcher",
    ),
    guide(
        "MaxItemsPerBatch",
        "How many items a batch holds at most.",
        "ItemBatcher",
    ),
    guide(
        "MaxItemsPerBatchPath",
        "A path to the number of items that a batch holds at most.",
        "ItemBatcher",
    ),
    guide(
        "MaxInputBytesPerBatch",
        "How large a batch may be, in bytes of JSON, up to 262144.",
        "ItemBatcher",
    ),
    guide(
        "MaxInputBytesPerBatchPath",
        "A path to the number of bytes that a batch may have.",
        "ItemBatcher",
    ),
    guide(
        "ResultWriter",
        "Writes the results to Amazon S3 instead of the state's output, or changes their form. For distributed Maps.",
        "ResultWriter",
    ),
    guide("WriterConfig", "The form of the results.", "ResultWriter"),
    guide(
        "Transformation",
        "NONE keeps everything known about each child execution, COMPACT only the outputs, FLATTEN also unpacks arrays among them.",
        "ResultWriter",
    ),
    guide(
        "OutputType",
        "The format of the results: a JSON array, or JSONL with one value per line.",
        "ResultWriter",
    ),
    guide(
        "Label",
        "A name for the child executions of this distributed Map: at most 40 characters, unique in the definition.",
        "Using Map state in Distributed mode",
    ),
    guide(
        "ToleratedFailureCount",
        "How many items may fail before the state does.",
        "Tolerated failure threshold",
    ),
    guide(
        "ToleratedFailureCountPath",
        "A path to the number of items that may fail.",
        "Tolerated failure threshold",
    ),
    guide(
        "ToleratedFailurePercentage",
        "What share of the items may fail before the state does, from 0 to 100.",
        "Tolerated failure threshold",
    ),
    guide(
        "ToleratedFailurePercentagePath",
        "A path to the share of items that may fail.",
        "Tolerated failure threshold",
    ),
    spec("Seconds", "How many seconds to wait.", "Wait state"),
    spec("SecondsPath", "A path to the number of seconds to wait.", "Wait state"),
    spec(
        "Timestamp",
        "The instant to wait for, such as 2026-01-31T12:00:00Z. One that has passed is not waited for.",
        "Wait state",
    ),
    spec("TimestampPath", "A path to the instant to wait for.", "Wait state"),
    spec(
        "Choices",
        "The rules, tried in order; the first that holds decides where to go.",
        "Choice state",
    ),
    spec(
        "Default",
        "The state to go on with when no rule holds. Without it the execution fails then.",
        "Choice state",
    ),
    spec(
        "Condition",
        "An expression that gives true where the rule holds.",
        "Choice state",
    ),
    spec(
        "Variable",
        "A path to the value that the rule looks at.",
        "Choice state",
    ),
    spec(
        "And",
        "Holds where all of these rules hold. They are tried in order and only as far as needed.",
        "Choice state",
    ),
    spec(
        "Or",
        "Holds where at least one of these rules holds. They are tried in order and only as far as needed.",
        "Choice state",
    ),
    spec("Not", "Holds where this rule does not.", "Choice state"),
    spec(
        "Error",
        "The name of the error with which the execution, branch or iteration fails.",
        "Fail state",
    ),
    spec(
        "ErrorPath",
        "A path to the name of the error, or an intrinsic function that makes it.",
        "Fail state",
    ),
    spec("Cause", "A text for people that says why it fails.", "Fail state"),
    spec(
        "CausePath",
        "A path to the text that says why it fails, or an intrinsic function that makes it.",
        "Fail state",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_documented() {
        let shapes = [
            Shape::Machine,
            Shape::Branch,
            Shape::Processor,
            Shape::ProcessorConfig,
            Shape::Retrier,
            Shape::Catcher,
            Shape::ChoiceRule,
            Shape::NestedRule,
            Shape::ItemReader,
            Shape::ReaderConfig,
            Shape::ItemBatcher,
            Shape::ResultWriter,
            Shape::WriterConfig,
        ];
        for shape in shapes.into_iter().chain(Shape::STATES.iter().map(|(_, shape)| *shape)) {
            for field in shape.fields() {
                assert!(field_doc(Some(shape), field.name).is_some(), "{shape:?} {}", field.name);
            }
        }
    }

    #[test]
    fn the_same_name_can_mean_different_things() {
        let machine = field_doc(Some(Shape::Machine), "TimeoutSeconds").unwrap();
        let task = field_doc(Some(Shape::Task), "TimeoutSeconds").unwrap();
        assert_ne!(machine.text, task.text);
        assert_eq!(field_doc(None, "Nonsense"), None);
    }
}
