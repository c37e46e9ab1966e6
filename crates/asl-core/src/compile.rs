//! From definition to state machine: resolves names, parses every expression once.

use std::sync::Arc;

use asl_json::Value;
use asl_jsonpath::{Intrinsic, Path, ReferencePath};
use asl_model::{
    Body, ChoiceRule, Definition, Diagnostic, Dynamic, Location, MachineType, Operator, ProcessorMode, QueryLanguage,
    ResourceKind, Severity, State, StateKind,
};
use indexmap::IndexMap;

use crate::contract::{ExecutionType, Integration, IntegrationPattern};
use crate::machine::{self, BodyId, Payload, Scalar, StateId, StateMachine, Text, Transition};

impl StateMachine {
    /// Compiles a definition.
    ///
    /// # Errors
    /// Names what cannot be executed: a transition to nowhere, an expression that cannot be parsed. What AWS would refuse
    /// besides is for `asl_model::validate` to say.
    pub fn compile(definition: &Definition) -> Result<Arc<StateMachine>, Vec<Diagnostic>> {
        let mut compiler = Compiler::default();
        compiler.number(&definition.body);
        let mut states = Vec::new();
        for (id, body) in compiler.bodies.clone().into_iter().enumerate() {
            for state in body.states.values() {
                states.push(compiler.state(BodyId(index(id)), state));
            }
        }
        let bodies = compiler.starts();
        if !compiler.diagnostics.is_empty() {
            return Err(compiler.diagnostics);
        }
        Ok(Arc::new(StateMachine {
            states,
            bodies,
            timeout_seconds: definition
                .timeout_seconds
                .and_then(|seconds| i64::try_from(seconds).ok()),
        }))
    }
}

#[derive(Default)]
struct Compiler<'a> {
    bodies: Vec<&'a Body>,
    /// Per body: its states by name.
    names: Vec<IndexMap<Arc<str>, StateId>>,
    diagnostics: Vec<Diagnostic>,
    next_state: u32,
}

/// One field of a state: whose it is, what it is called.
#[derive(Clone, Copy)]
struct Field<'a> {
    state: &'a State,
    name: &'a str,
}

fn index(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

impl<'a> Compiler<'a> {
    /// Gives every body and every state its number, level by level.
    fn number(&mut self, top: &'a Body) {
        self.bodies.push(top);
        let mut at = 0;
        while let Some(body) = self.bodies.get(at).copied() {
            let mut names = IndexMap::new();
            for (name, state) in &body.states {
                names.insert(Arc::clone(name), StateId(self.next_state));
                self.next_state += 1;
                self.bodies.extend(state.bodies());
            }
            self.names.push(names);
            at += 1;
        }
    }

    fn starts(&mut self) -> Vec<machine::Body> {
        let mut starts = Vec::with_capacity(self.bodies.len());
        for (id, body) in self.bodies.clone().into_iter().enumerate() {
            let start_at = self.target(BodyId(index(id)), &body.start_at, &body.location.member("StartAt"));
            starts.push(machine::Body { start_at });
        }
        starts
    }

    fn body_of(&self, body: &Body) -> BodyId {
        let found = self.bodies.iter().position(|known| std::ptr::eq(*known, body));
        BodyId(index(found.expect("every body was numbered")))
    }

    fn report(&mut self, code: &'static str, message: String, location: &Location) {
        self.diagnostics.push(Diagnostic {
            code,
            severity: Severity::Error,
            message,
            location: Some(location.to_string()),
            span: asl_json::Span::default(),
            help: String::new(),
            fixes: Vec::new(),
            rule: "",
        });
    }

    fn target(&mut self, body: BodyId, name: &str, location: &Location) -> StateId {
        if let Some(id) = self.names[body.0 as usize].get(name) {
            return *id;
        }
        self.report(
            "MISSING_TRANSITION_TARGET",
            format!("Missing 'Next' target: {name}"),
            location,
        );
        StateId(0)
    }

    fn state(&mut self, body: BodyId, state: &'a State) -> machine::State {
        machine::State {
            name: Arc::clone(&state.name),
            query_language: state.query_language,
            transition: self.transition(body, state),
            flow: self.flow(state),
            retry: state.retry.clone(),
            catch: self.catchers(body, state),
            kind: self.kind(body, state),
        }
    }

    fn transition(&mut self, body: BodyId, state: &State) -> Transition {
        match &state.transition {
            Some(asl_model::Transition::Next(name)) => {
                Transition::Next(self.target(body, name, &state.location.member("Next")))
            }
            Some(asl_model::Transition::End) | None => Transition::End,
        }
    }

    fn flow(&mut self, state: &'a State) -> machine::Flow {
        let flow = &state.data_flow;
        let field = |name| Field { state, name };
        let arguments = match state.query_language {
            QueryLanguage::JsonPath => self.payload(field("Parameters"), flow.parameters.as_ref()),
            QueryLanguage::Jsonata => self.payload(field("Arguments"), flow.arguments.as_ref()),
        };
        machine::Flow {
            input_path: self.path_field(field("InputPath"), &flow.input_path),
            arguments,
            result_selector: self.payload(field("ResultSelector"), flow.result_selector.as_ref()),
            result_path: self.result_path(field("ResultPath"), &flow.result_path),
            output_path: self.path_field(field("OutputPath"), &flow.output_path),
            output: self.payload(field("Output"), flow.output.as_ref()),
            assign: self.payload(field("Assign"), flow.assign.as_ref()),
        }
    }

    fn path(&mut self, field: Field<'_>, text: &str) -> Option<Path> {
        match Path::parse(text) {
            Ok(path) => Some(path),
            Err(error) => {
                self.syntax(field, &error.to_string());
                None
            }
        }
    }

    fn syntax(&mut self, field: Field<'_>, problem: &str) {
        let message = format!("The value of \"{}\" cannot be read: {problem}", field.name);
        let location = field.state.location.member(field.name);
        self.report("SCHEMA_VALIDATION_FAILED", message, &location);
    }

    fn path_field(&mut self, field: Field<'_>, source: &asl_model::PathField) -> machine::PathField {
        match source {
            asl_model::PathField::Absent => machine::PathField::Root,
            asl_model::PathField::Null => machine::PathField::Null,
            asl_model::PathField::Path(text) if &**text == "$" => machine::PathField::Root,
            asl_model::PathField::Path(text) => match self.path(field, text) {
                Some(path) => machine::PathField::Path(path),
                None => machine::PathField::Root,
            },
        }
    }

    fn result_path(&mut self, field: Field<'_>, source: &asl_model::PathField) -> machine::ResultPath {
        match source {
            asl_model::PathField::Absent => machine::ResultPath::Root,
            asl_model::PathField::Null => machine::ResultPath::Null,
            asl_model::PathField::Path(text) if &**text == "$" => machine::ResultPath::Root,
            asl_model::PathField::Path(text) => match ReferencePath::parse(text) {
                Ok(path) => machine::ResultPath::Path(path),
                Err(error) => {
                    self.syntax(field, &error.to_string());
                    machine::ResultPath::Root
                }
            },
        }
    }

    fn payload(&mut self, field: Field<'_>, source: Option<&Value>) -> Option<Payload> {
        let source = source?;
        match field.state.query_language {
            QueryLanguage::JsonPath => match asl_jsonpath::Template::compile(source) {
                Ok(template) => Some(Payload::JsonPath(template)),
                Err(errors) => {
                    let location = field.state.location.member(field.name);
                    for error in errors {
                        self.report("SCHEMA_VALIDATION_FAILED", error.message, &location);
                    }
                    None
                }
            },
            QueryLanguage::Jsonata => self.template(field, source).map(Payload::Jsonata),
        }
    }

    fn template(&mut self, field: Field<'_>, source: &Value) -> Option<asl_jsonata::Template> {
        match asl_jsonata::Template::compile(source, field.name) {
            Ok(template) => Some(template),
            Err(errors) => {
                for error in errors {
                    self.syntax(field, &error.to_string());
                }
                None
            }
        }
    }

    fn expression(&mut self, field: Field<'_>, text: &Arc<str>) -> Option<asl_jsonata::Template> {
        self.template(field, &Value::String(Arc::clone(text)))
    }

    fn scalar<T: Clone>(&mut self, field: Field<'_>, source: Option<&Dynamic<T>>) -> Option<Scalar<T>> {
        match source? {
            Dynamic::Value(value) => Some(Scalar::Literal(value.clone())),
            Dynamic::Path(text) => self.path(field, text).map(Scalar::Path),
            Dynamic::Expression(text) => self.expression(field, text).map(Scalar::Expression),
        }
    }

    fn text(&mut self, field: Field<'_>, source: Option<&Dynamic<Arc<str>>>) -> Option<Text> {
        match source? {
            Dynamic::Value(text) => Some(Text::Literal(Arc::clone(text))),
            Dynamic::Expression(text) => self.expression(field, text).map(Text::Expression),
            Dynamic::Path(text) if text.starts_with('$') => self.path(field, text).map(Text::Path),
            Dynamic::Path(text) => match Intrinsic::parse(text) {
                Ok(intrinsic) => Some(Text::Intrinsic(intrinsic)),
                Err(error) => {
                    self.syntax(field, &error.to_string());
                    None
                }
            },
        }
    }

    fn catchers(&mut self, body: BodyId, state: &'a State) -> Vec<machine::Catcher> {
        let mut catchers = Vec::with_capacity(state.catch.len());
        for (position, catcher) in state.catch.iter().enumerate() {
            let location = state.location.member("Catch").item(position).member("Next");
            let named = |name: &str| format!("Catch[{position}]/{name}");
            let (output, assign) = (named("Output"), named("Assign"));
            let result_path = named("ResultPath");
            catchers.push(machine::Catcher {
                error_equals: catcher.error_equals.clone(),
                next: self.target(body, &catcher.next, &location),
                result_path: self.result_path(
                    Field {
                        state,
                        name: &result_path,
                    },
                    &catcher.result_path,
                ),
                output: self.payload(Field { state, name: &output }, catcher.output.as_ref()),
                assign: self.payload(Field { state, name: &assign }, catcher.assign.as_ref()),
            });
        }
        catchers
    }

    fn kind(&mut self, body: BodyId, state: &'a State) -> machine::StateKind {
        let field = |name| Field { state, name };
        match &state.kind {
            StateKind::Task(task) => machine::StateKind::Task(Box::new(self.task(state, task))),
            StateKind::Choice(choice) => machine::StateKind::Choice(machine::Choice {
                rules: self.rules(body, state, &choice.choices),
                default: choice
                    .default
                    .as_ref()
                    .map(|name| self.target(body, name, &state.location.member("Default"))),
            }),
            StateKind::Wait(asl_model::WaitState::Seconds(seconds)) => {
                machine::StateKind::Wait(machine::Wait::Seconds(
                    self.scalar(field("Seconds"), Some(seconds))
                        .unwrap_or(Scalar::Literal(0)),
                ))
            }
            StateKind::Wait(asl_model::WaitState::Timestamp(timestamp)) => {
                let scalar = self.scalar(field("Timestamp"), Some(timestamp));
                machine::StateKind::Wait(machine::Wait::Timestamp(scalar.unwrap_or(Scalar::Literal("".into()))))
            }
            StateKind::Pass(pass) => machine::StateKind::Pass {
                result: pass.result.clone(),
            },
            StateKind::Succeed(_) => machine::StateKind::Succeed,
            StateKind::Fail(fail) => machine::StateKind::Fail {
                error: self.text(field(twin("Error", fail.error.as_ref())), fail.error.as_ref()),
                cause: self.text(field(twin("Cause", fail.cause.as_ref())), fail.cause.as_ref()),
            },
            StateKind::Parallel(parallel) => machine::StateKind::Parallel {
                branches: parallel.branches.iter().map(|branch| self.body_of(branch)).collect(),
            },
            StateKind::Map(map) => machine::StateKind::Map(Box::new(self.map(state, map))),
        }
    }

    fn task(&mut self, state: &'a State, task: &asl_model::TaskState) -> machine::Task {
        let field = |name| Field { state, name };
        let (integration, event_resource) = integration(&task.resource);
        machine::Task {
            resource: Arc::clone(&task.resource.text),
            integration,
            event_resource,
            timeout_seconds: self.scalar(field("TimeoutSeconds"), task.timeout_seconds.as_ref()),
            heartbeat_seconds: self.scalar(field("HeartbeatSeconds"), task.heartbeat_seconds.as_ref()),
            credentials: self.payload(field("Credentials"), task.credentials.as_ref()),
        }
    }

    fn rules(&mut self, body: BodyId, state: &'a State, rules: &[ChoiceRule]) -> Vec<machine::Rule> {
        let mut compiled = Vec::with_capacity(rules.len());
        for (position, rule) in rules.iter().enumerate() {
            let location = state.location.member("Choices").item(position).member("Next");
            let named = |name: &str| format!("Choices[{position}]/{name}");
            let (condition, assign, output) = (named("Condition"), named("Assign"), named("Output"));
            let next = self.target(body, &rule.next, &location);
            let condition = self.condition(
                Field {
                    state,
                    name: &condition,
                },
                &rule.condition,
            );
            compiled.push(machine::Rule {
                condition: condition.unwrap_or(machine::Condition::Literal(false)),
                next,
                assign: self.payload(Field { state, name: &assign }, rule.assign.as_ref()),
                output: self.payload(Field { state, name: &output }, rule.output.as_ref()),
            });
        }
        compiled
    }

    /// Compiles a condition. Recursion is bounded by the depth to which JSON is parsed.
    fn condition(&mut self, field: Field<'_>, condition: &asl_model::Condition) -> Option<machine::Condition> {
        use asl_model::Condition;
        match condition {
            Condition::Literal(value) => Some(machine::Condition::Literal(*value)),
            Condition::Expression(text) => self.expression(field, text).map(machine::Condition::Expression),
            Condition::And(inner) => Some(machine::Condition::And(self.conditions(field, inner))),
            Condition::Or(inner) => Some(machine::Condition::Or(self.conditions(field, inner))),
            Condition::Not(inner) => Some(machine::Condition::Not(Box::new(self.condition(field, inner)?))),
            Condition::Test(test) => self.test(field, test),
        }
    }

    fn conditions(&mut self, field: Field<'_>, inner: &[asl_model::Condition]) -> Vec<machine::Condition> {
        inner
            .iter()
            .filter_map(|condition| self.condition(field, condition))
            .collect()
    }

    fn test(&mut self, field: Field<'_>, test: &asl_model::DataTest) -> Option<machine::Condition> {
        use machine::TypeTest;
        let variable = self.path(field, &test.variable)?;
        let expected = test.operand.as_bool().unwrap_or(true);
        let is = |variable, test| {
            Some(machine::Condition::Is {
                variable,
                test,
                expected,
            })
        };
        match test.operator {
            Operator::Compare {
                family,
                relation,
                operand_is_path,
            } => {
                let operand = match (&test.operand, operand_is_path) {
                    (Value::String(text), true) => machine::Operand::Path(self.path(field, text)?),
                    (literal, _) => machine::Operand::Literal(literal.clone()),
                };
                Some(machine::Condition::Compare {
                    variable,
                    family,
                    relation,
                    operand,
                })
            }
            Operator::StringMatches => Some(machine::Condition::StringMatches {
                variable,
                pattern: test.operand.as_str().unwrap_or_default().into(),
            }),
            Operator::IsNull => is(variable, TypeTest::Null),
            Operator::IsPresent => is(variable, TypeTest::Present),
            Operator::IsNumeric => is(variable, TypeTest::Numeric),
            Operator::IsString => is(variable, TypeTest::String),
            Operator::IsBoolean => is(variable, TypeTest::Boolean),
            Operator::IsTimestamp => is(variable, TypeTest::Timestamp),
        }
    }

    fn map(&mut self, state: &'a State, map: &asl_model::MapState) -> machine::Map {
        let field = |name| Field { state, name };
        let execution_type = match map.item_processor.execution_type {
            Some(MachineType::Express) => ExecutionType::Express,
            Some(MachineType::Standard) | None => ExecutionType::Standard,
        };
        let distributed = (map.item_processor.mode == ProcessorMode::Distributed).then_some(execution_type);
        let item_selector = match &map.item_selector {
            Some(selector) => self.payload(field("ItemSelector"), Some(selector)),
            None => self.payload(field("Parameters"), map.parameters.as_ref()),
        };
        machine::Map {
            body: self.body_of(&map.item_processor.body),
            distributed,
            items_path: map
                .items_path
                .as_ref()
                .and_then(|text| self.path(field("ItemsPath"), text)),
            items: map
                .items
                .as_ref()
                .and_then(|items| self.template(field("Items"), items)),
            item_selector,
            item_reader: map.item_reader.as_ref().map(|reader| self.item_reader(state, reader)),
            item_batcher: map
                .item_batcher
                .as_ref()
                .map(|batcher| self.item_batcher(state, batcher)),
            result_writer: map
                .result_writer
                .as_ref()
                .map(|writer| self.result_writer(state, writer)),
            max_concurrency: self.scalar(field("MaxConcurrency"), map.max_concurrency.as_ref()),
            tolerated_failure_count: self.scalar(field("ToleratedFailureCount"), map.tolerated_failure_count.as_ref()),
            tolerated_failure_percentage: self.scalar(
                field("ToleratedFailurePercentage"),
                map.tolerated_failure_percentage.as_ref(),
            ),
            label: map.label.clone(),
        }
    }

    fn item_reader(&mut self, state: &'a State, reader: &asl_model::ItemReader) -> machine::ItemReader {
        let field = |name| Field { state, name };
        let config = &reader.reader_config;
        let action = reader
            .resource
            .integration()
            .map(|integration| Arc::clone(&integration.action));
        machine::ItemReader {
            action: action.unwrap_or_else(|| "getObject".into()),
            arguments: self.either(
                state,
                (field("ItemReader/Parameters"), reader.parameters.as_ref()),
                (field("ItemReader/Arguments"), reader.arguments.as_ref()),
            ),
            input_type: config.input_type,
            transformation: config.transformation,
            manifest_type: config.manifest_type,
            csv_header_location: config.csv_header_location,
            csv_headers: config.csv_headers.clone(),
            csv_delimiter: config.csv_delimiter,
            max_items: self.scalar(field("ItemReader/ReaderConfig/MaxItems"), config.max_items.as_ref()),
            items_pointer: config.items_pointer.clone(),
        }
    }

    fn either(
        &mut self,
        state: &State,
        parameters: (Field<'_>, Option<&Value>),
        arguments: (Field<'_>, Option<&Value>),
    ) -> Option<Payload> {
        let (field, source) = match state.query_language {
            QueryLanguage::JsonPath => parameters,
            QueryLanguage::Jsonata => arguments,
        };
        self.payload(field, source)
    }

    fn item_batcher(&mut self, state: &'a State, batcher: &asl_model::ItemBatcher) -> machine::ItemBatcher {
        let field = |name| Field { state, name };
        machine::ItemBatcher {
            batch_input: self.payload(field("ItemBatcher/BatchInput"), batcher.batch_input.as_ref()),
            max_items_per_batch: self.scalar(
                field("ItemBatcher/MaxItemsPerBatch"),
                batcher.max_items_per_batch.as_ref(),
            ),
            max_input_bytes_per_batch: self.scalar(
                field("ItemBatcher/MaxInputBytesPerBatch"),
                batcher.max_input_bytes_per_batch.as_ref(),
            ),
        }
    }

    fn result_writer(&mut self, state: &'a State, writer: &asl_model::ResultWriter) -> machine::ResultWriter {
        let field = |name| Field { state, name };
        machine::ResultWriter {
            exports: writer.resource.is_some(),
            arguments: self.either(
                state,
                (field("ResultWriter/Parameters"), writer.parameters.as_ref()),
                (field("ResultWriter/Arguments"), writer.arguments.as_ref()),
            ),
            config: writer.writer_config,
        }
    }
}

/// Returns the name of the field that holds a Fail state's text: `Error`, or its twin `ErrorPath`.
fn twin(name: &'static str, source: Option<&Dynamic<Arc<str>>>) -> &'static str {
    match (name, source) {
        ("Error", Some(Dynamic::Path(_))) => "ErrorPath",
        ("Cause", Some(Dynamic::Path(_))) => "CausePath",
        (name, _) => name,
    }
}

/// Returns what a resource is, and what the history's events call it.
fn integration(resource: &asl_model::Resource) -> (Integration, Arc<str>) {
    match &resource.kind {
        ResourceKind::Activity { .. } => (Integration::Activity, Arc::clone(&resource.text)),
        ResourceKind::Integration(service) => {
            let integration = Integration::Service {
                resource_type: Arc::clone(&service.service),
                action: Arc::clone(&service.action),
                pattern: match service.pattern {
                    asl_model::IntegrationPattern::RequestResponse => IntegrationPattern::RequestResponse,
                    asl_model::IntegrationPattern::Sync => IntegrationPattern::Sync,
                    asl_model::IntegrationPattern::Sync2 => IntegrationPattern::Sync2,
                    asl_model::IntegrationPattern::WaitForTaskToken => IntegrationPattern::WaitForTaskToken,
                },
            };
            (integration, service.resource().into())
        }
        ResourceKind::Lambda { .. } | ResourceKind::Unknown => {
            (Integration::LambdaFunction, Arc::clone(&resource.text))
        }
    }
}
