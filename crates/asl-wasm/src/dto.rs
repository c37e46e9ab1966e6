//! How values cross to JavaScript and back, member by member as `types.ts` says. Types of the interpreter do not
//! serialize themselves, so renaming a field inside breaks no page outside.

use std::sync::Arc;

use asl_core::{Command, IntegrationPattern, TaskRequest, TaskToken, Timestamp};
use asl_json::{LineIndex, Span, Value};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::{Serializer, preserve};
use wasm_bindgen::JsValue;

use crate::error::invalid_argument;
use crate::json;

/// Largest whole number that JavaScript counts to, 2^53 - 1.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_991.0;

/// Returns a value of this module as a plain object.
pub(crate) fn to_js(value: &impl Serialize) -> JsValue {
    value
        .serialize(&Serializer::new().serialize_maps_as_objects(true))
        .expect("types of this module are plain data")
}

/// Reads a plain object; nothing at all reads as the default. `what` names it where it is something else.
pub(crate) fn from_js<T: DeserializeOwned + Default>(value: Option<JsValue>, what: &str) -> Result<T, JsValue> {
    match value.filter(|value| !value.is_undefined() && !value.is_null()) {
        None => Ok(T::default()),
        Some(value) => {
            serde_wasm_bindgen::from_value(value).map_err(|error| invalid_argument(&format!("{what}: {error}")))
        }
    }
}

/// Returns a whole number as JavaScript counts.
pub(crate) fn number(whole: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "times and counts stay far below 2^53")]
    let number = whole as f64;
    number
}

fn whole(number: f64, what: &str) -> Result<i64, JsValue> {
    if number.fract() != 0.0 || number.abs() > LARGEST_WHOLE {
        return Err(invalid_argument(&format!("{what} is not a whole number")));
    }
    #[expect(clippy::cast_possible_truncation, reason = "whole, and at most 2^53")]
    let whole = number as i64;
    Ok(whole)
}

/// Reads an instant, in milliseconds since the Unix epoch.
pub(crate) fn timestamp(milliseconds: f64, what: &str) -> Result<Timestamp, JsValue> {
    whole(milliseconds, what).map(Timestamp)
}

/// Offsets of a text as JavaScript counts them.
pub(crate) struct Places {
    text: Arc<str>,
    lines: LineIndex,
}

#[derive(Serialize)]
pub(crate) struct DiagnosticDto {
    code: &'static str,
    severity: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<String>,
    range: RangeDto,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    fixes: Vec<FixDto>,
}

#[derive(Serialize)]
struct RangeDto {
    from: usize,
    to: usize,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct FixDto {
    title: String,
    from: usize,
    to: usize,
    insert: String,
}

impl Places {
    pub(crate) fn new(text: Arc<str>) -> Places {
        Places {
            lines: LineIndex::new(Arc::clone(&text)),
            text,
        }
    }

    /// Returns diagnostics in the order of the text.
    pub(crate) fn diagnostics(&self, diagnostics: &[asl_model::Diagnostic]) -> Vec<DiagnosticDto> {
        let mut sorted: Vec<_> = diagnostics.iter().collect();
        sorted.sort_by_key(|diagnostic| diagnostic.span.start);
        sorted
            .into_iter()
            .map(|diagnostic| self.diagnostic(diagnostic))
            .collect()
    }

    fn diagnostic(&self, diagnostic: &asl_model::Diagnostic) -> DiagnosticDto {
        let fix = |fix: &asl_model::Fix| FixDto {
            title: fix.title.clone(),
            from: self.unit(fix.span.start),
            to: self.unit(fix.span.end),
            insert: fix.replacement.clone(),
        };
        DiagnosticDto {
            code: diagnostic.code,
            severity: match diagnostic.severity {
                asl_model::Severity::Error => "error",
                asl_model::Severity::Warning => "warning",
            },
            message: diagnostic.message.clone(),
            location: diagnostic.location.clone(),
            range: self.range(diagnostic.span),
            help: (!diagnostic.help.is_empty()).then(|| diagnostic.help.clone()),
            fixes: diagnostic.fixes.iter().map(fix).collect(),
        }
    }

    fn range(&self, span: Span) -> RangeDto {
        let position = self.lines.position(span.start);
        RangeDto {
            from: self.unit(span.start),
            to: self.unit(span.end),
            line: position.line,
            column: position.column,
        }
    }

    /// Returns a byte offset in UTF-16 units.
    fn unit(&self, offset: usize) -> usize {
        let before = self.text.get(..offset).unwrap_or(&self.text);
        if before.is_ascii() {
            before.len()
        } else {
            before.encode_utf16().count()
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct LayoutOptionsDto {
    direction: Option<String>,
    collapsed: Vec<String>,
}

impl LayoutOptionsDto {
    pub(crate) fn into_options(self) -> Result<asl_view::LayoutOptions, JsValue> {
        let direction = match self.direction.as_deref() {
            None | Some("TopDown") => asl_view::Direction::TopDown,
            Some("LeftRight") => asl_view::Direction::LeftRight,
            Some(other) => {
                let message = format!("options: \"{other}\" is not a direction: TopDown or LeftRight");
                return Err(invalid_argument(&message));
            }
        };
        Ok(asl_view::LayoutOptions {
            direction,
            collapsed: self.collapsed.into_iter().map(Arc::from).collect(),
        })
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct ExecutionOptionsDto {
    name: Option<String>,
    #[serde(rename = "type")]
    execution_type: Option<String>,
    start_time: Option<f64>,
    seed: Option<f64>,
    trace: Option<bool>,
}

impl ExecutionOptionsDto {
    pub(crate) fn into_options(self) -> Result<asl_core::ExecutionOptions, JsValue> {
        let mut options = asl_core::ExecutionOptions::default();
        match self.execution_type.as_deref() {
            None | Some("STANDARD") => {}
            Some("EXPRESS") => options.execution_type = asl_core::ExecutionType::Express,
            Some(other) => {
                let message = format!("options: \"{other}\" is not a type: STANDARD or EXPRESS");
                return Err(invalid_argument(&message));
            }
        }
        if let Some(name) = self.name {
            options.execution_arn =
                format!("arn:aws:states:us-east-1:123456789012:execution:StateMachine:{name}").into();
            options.name = name.into();
        }
        if let Some(start_time) = self.start_time {
            options.start_time = timestamp(start_time, "options: startTime")?;
        }
        if let Some(seed) = self.seed {
            let seed = whole(seed, "options: seed")?;
            options.seed = u64::try_from(seed).map_err(|_| invalid_argument("options: seed is below 0"))?;
        }
        options.trace = self.trace.unwrap_or(true);
        Ok(options)
    }
}

#[derive(Serialize)]
#[serde(tag = "type")]
pub(crate) enum OutputDto {
    Event {
        id: u32,
    },
    ScheduleTask {
        task: Box<TaskDto>,
    },
    CancelTask {
        token: Arc<str>,
    },
    Waiting {
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<f64>,
    },
    Finished {
        status: &'static str,
    },
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TaskDto {
    token: String,
    state: String,
    resource: String,
    #[serde(with = "preserve")]
    input: JsValue,
    retry_count: u32,
    integration: IntegrationDto,
    #[serde(skip_serializing_if = "Option::is_none")]
    timeout_seconds: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    heartbeat_seconds: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role_arn: Option<String>,
    execution_arn: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    item_index: Option<u32>,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all_fields = "camelCase")]
enum IntegrationDto {
    LambdaFunction,
    Activity,
    Service {
        resource_type: String,
        action: String,
        pattern: &'static str,
    },
}

/// Returns what `poll` found.
pub(crate) fn output(output: asl_core::Output) -> OutputDto {
    match output {
        asl_core::Output::Event(id) => OutputDto::Event { id: id.0 },
        asl_core::Output::Command(Command::ScheduleTask(task)) => OutputDto::ScheduleTask {
            task: Box::new(request(&task)),
        },
        asl_core::Output::Command(Command::CancelTask(token)) => OutputDto::CancelTask { token: token.0 },
        asl_core::Output::Waiting { until } => OutputDto::Waiting {
            until: until.map(|until| number(until.0)),
        },
        asl_core::Output::Finished(status) => OutputDto::Finished {
            status: status.as_str(),
        },
    }
}

fn request(task: &TaskRequest) -> TaskDto {
    TaskDto {
        token: task.token.0.to_string(),
        state: task.state.to_string(),
        resource: task.resource.to_string(),
        input: json::to_js(&task.input),
        retry_count: task.retry_count,
        integration: integration(&task.integration),
        timeout_seconds: task.timeout_seconds.map(number),
        heartbeat_seconds: task.heartbeat_seconds.map(number),
        role_arn: task.role_arn.as_deref().map(str::to_owned),
        execution_arn: task.execution_arn.to_string(),
        item_index: task.item_index,
    }
}

fn integration(integration: &asl_core::Integration) -> IntegrationDto {
    match integration {
        asl_core::Integration::LambdaFunction => IntegrationDto::LambdaFunction,
        asl_core::Integration::Activity => IntegrationDto::Activity,
        asl_core::Integration::Service {
            resource_type,
            action,
            pattern,
        } => IntegrationDto::Service {
            resource_type: resource_type.to_string(),
            action: action.to_string(),
            pattern: match pattern {
                IntegrationPattern::RequestResponse => "RequestResponse",
                IntegrationPattern::Sync => "Sync",
                IntegrationPattern::Sync2 => "Sync2",
                IntegrationPattern::WaitForTaskToken => "WaitForTaskToken",
            },
        },
    }
}

/// Any input; which members it needs depends on its type.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct InputDto {
    #[serde(rename = "type")]
    kind: String,
    time: Option<f64>,
    token: Option<String>,
    worker_name: Option<String>,
    #[serde(with = "preserve")]
    output: JsValue,
    error: Option<String>,
    cause: Option<String>,
}

impl InputDto {
    pub(crate) fn into_input(self) -> Result<asl_core::Input, JsValue> {
        let kind = self.kind.as_str();
        let missing = |member: &str| invalid_argument(&format!("the input {kind} needs \"{member}\""));
        let token = || {
            let token = self.token.as_deref().ok_or_else(|| missing("token"))?;
            Ok::<_, JsValue>(TaskToken(token.into()))
        };
        let output = || -> Result<Value, JsValue> {
            if self.output.is_undefined() {
                return Err(missing("output"));
            }
            json::from_js(&self.output, "output")
        };
        Ok(match kind {
            "AdvanceTo" => {
                let time = self.time.ok_or_else(|| missing("time"))?;
                asl_core::Input::AdvanceTo(timestamp(time, "time")?)
            }
            "ActivityStarted" => asl_core::Input::ActivityStarted {
                token: token()?,
                worker_name: json::shared(self.worker_name.clone()),
            },
            "TaskSubmitted" => asl_core::Input::TaskSubmitted {
                token: token()?,
                output: output()?,
            },
            "TaskSuccess" => asl_core::Input::TaskSuccess {
                token: token()?,
                output: output()?,
            },
            "TaskFailure" => asl_core::Input::TaskFailure {
                token: token()?,
                error: json::shared(self.error.clone()),
                cause: json::shared(self.cause.clone()),
            },
            "TaskTimedOut" => asl_core::Input::TaskTimedOut { token: token()? },
            "TaskHeartbeat" => asl_core::Input::TaskHeartbeat { token: token()? },
            "StopExecution" => asl_core::Input::StopExecution {
                error: json::shared(self.error.clone()),
                cause: json::shared(self.cause.clone()),
            },
            other => return Err(invalid_argument(&format!("there is no input \"{other}\""))),
        })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TraceDto {
    entered: u32,
    #[serde(with = "preserve")]
    input: JsValue,
    #[serde(flatten)]
    stages: Stages,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_details: Option<ErrorDetailsDto>,
}

/// Stages by name; one that is not there is left out.
struct Stages(Vec<(&'static str, Payload)>);

/// A payload, which is a value of JavaScript already.
#[derive(Serialize)]
struct Payload(#[serde(with = "preserve")] JsValue);

impl Serialize for Stages {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, payload)| (name, payload)))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ErrorDetailsDto {
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    catch_index: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_index: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_backoff_interval_seconds: Option<f64>,
}

/// Returns the stages of a visit to a state.
pub(crate) fn trace(trace: &asl_core::StateTrace) -> TraceDto {
    let stages = [
        ("afterInputPath", &trace.after_input_path),
        ("afterParameters", &trace.after_parameters),
        ("afterArguments", &trace.after_arguments),
        ("afterItemsPath", &trace.after_items_path),
        ("afterItemsPointer", &trace.after_items_pointer),
        ("afterItemSelector", &trace.after_item_selector),
        ("afterItemBatcher", &trace.after_item_batcher),
        ("result", &trace.result),
        ("afterResultSelector", &trace.after_result_selector),
        ("afterResultPath", &trace.after_result_path),
        ("output", &trace.output),
        ("variables", &trace.variables),
    ];
    let present = stages
        .into_iter()
        .filter_map(|(name, value)| Some((name, Payload(json::to_js(value.as_ref()?)))));
    TraceDto {
        entered: trace.entered.0,
        input: json::to_js(&trace.input),
        stages: Stages(present.collect()),
        error_details: trace.error_details.as_ref().map(|details| ErrorDetailsDto {
            error: details.error.as_deref().map(str::to_owned),
            cause: details.cause.as_deref().map(str::to_owned),
            catch_index: details.catch_index,
            retry_index: details.retry_index,
            retry_backoff_interval_seconds: details.retry_backoff_interval_seconds,
        }),
    }
}

#[derive(Serialize)]
pub(crate) struct DiagramDto {
    width: i32,
    height: i32,
    nodes: Vec<NodeDto>,
    edges: Vec<EdgeDto>,
    regions: Vec<RegionDto>,
}

#[derive(Serialize)]
struct RectDto {
    x: i32,
    y: i32,
    width: i32,
    height: i32,
}

#[derive(Serialize)]
struct NodeDto {
    id: u32,
    kind: &'static str,
    name: String,
    rect: RectDto,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<u32>,
    summary: String,
    description: String,
}

#[derive(Serialize)]
struct EdgeDto {
    id: u32,
    from: u32,
    to: u32,
    kind: &'static str,
    points: Vec<PointDto>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<LabelDto>,
}

#[derive(Serialize)]
struct PointDto {
    x: i32,
    y: i32,
}

#[derive(Serialize)]
struct LabelDto {
    rect: RectDto,
    lines: Vec<String>,
}

#[derive(Serialize)]
struct RegionDto {
    id: u32,
    node: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    branch: Option<u32>,
    rect: RectDto,
}

/// Returns a picture.
pub(crate) fn diagram(diagram: &asl_view::Diagram) -> DiagramDto {
    DiagramDto {
        width: diagram.width,
        height: diagram.height,
        nodes: diagram.nodes.iter().map(node).collect(),
        edges: diagram.edges.iter().map(edge).collect(),
        regions: diagram.regions.iter().map(region).collect(),
    }
}

fn rect(rect: asl_view::Rect) -> RectDto {
    RectDto {
        x: rect.x,
        y: rect.y,
        width: rect.width,
        height: rect.height,
    }
}

fn node(node: &asl_view::Node) -> NodeDto {
    NodeDto {
        id: node.id,
        kind: node.kind.as_str(),
        name: node.name.to_string(),
        rect: rect(node.rect),
        region: node.region,
        summary: node.summary.clone(),
        description: node.description.clone(),
    }
}

fn edge(edge: &asl_view::Edge) -> EdgeDto {
    EdgeDto {
        id: edge.id,
        from: edge.from,
        to: edge.to,
        kind: match edge.kind {
            asl_view::EdgeKind::Start => "Start",
            asl_view::EdgeKind::Next => "Next",
            asl_view::EdgeKind::End => "End",
            asl_view::EdgeKind::Choice => "Choice",
            asl_view::EdgeKind::Default => "Default",
            asl_view::EdgeKind::Catch => "Catch",
        },
        points: edge
            .points
            .iter()
            .map(|point| PointDto { x: point.x, y: point.y })
            .collect(),
        label: edge.label.as_ref().map(|label| LabelDto {
            rect: rect(label.rect),
            lines: label.lines.iter().map(|line| line.text.clone()).collect(),
        }),
    }
}

fn region(region: &asl_view::Region) -> RegionDto {
    RegionDto {
        id: region.id,
        node: region.node,
        branch: region.branch,
        rect: rect(region.rect),
    }
}
