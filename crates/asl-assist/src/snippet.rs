//! Texts with places to fill in: whole states, patterns, values of fields.

use asl_json::Span;
use asl_model::QueryLanguage;
use asl_model::schema::{Field, Kind, Shape};

/// Text to insert, with the places that the author fills in next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Insert {
    /// The text as it stands in the document afterwards.
    pub text: String,
    /// Parts of `text` to visit one after the other, in bytes of it. Empty spans are places for the caret.
    pub placeholders: Vec<Span>,
}

impl Insert {
    /// Returns text without places to fill in.
    pub(crate) fn plain(text: impl Into<String>) -> Insert {
        Insert {
            text: text.into(),
            placeholders: Vec::new(),
        }
    }

    /// Returns a text in which «» surround the places to fill in.
    pub(crate) fn marked(marked: &str) -> Insert {
        let mut insert = Insert::default();
        let mut open = 0;
        for character in marked.chars() {
            match character {
                '«' => open = insert.text.len(),
                '»' => insert.placeholders.push(Span::new(open, insert.text.len())),
                other => insert.text.push(other),
            }
        }
        insert
    }

    /// Returns the insert with every line but the first moved in.
    pub(crate) fn indented(self, indent: &str) -> Insert {
        let moved = |offset: usize| offset + self.text[..offset].matches('\n').count() * indent.len();
        let placeholders = self
            .placeholders
            .iter()
            .map(|span| Span::new(moved(span.start), moved(span.end)));
        Insert {
            placeholders: placeholders.collect(),
            text: self.text.replace('\n', &format!("\n{indent}")),
        }
    }

    /// Returns the insert between two texts.
    pub(crate) fn between(self, before: &str, after: &str) -> Insert {
        let moved = |span: &Span| Span::new(span.start + before.len(), span.end + before.len());
        Insert {
            placeholders: self.placeholders.iter().map(moved).collect(),
            text: format!("{before}{}{after}", self.text),
        }
    }
}

/// A pattern: what the list calls it, what it is for, and its text as members of `States`.
pub(crate) struct Pattern {
    /// What the list calls it.
    pub(crate) label: &'static str,
    /// What it is for.
    pub(crate) text: &'static str,
    /// The members in the query language asked for.
    pub(crate) members: fn(QueryLanguage) -> String,
}

/// The states and patterns that can stand in `States`.
pub(crate) const PATTERNS: [Pattern; 16] = [
    Pattern {
        label: "Task state",
        text: "Calls a Lambda function.",
        members: |language| task("«Call function»", language, "\"End\": true"),
    },
    Pattern {
        label: "Pass state",
        text: "Hands its input on.",
        members: |language| {
            let reshaped = match language {
                QueryLanguage::JsonPath => "\"Result\": «{}»",
                QueryLanguage::Jsonata => "\"Output\": \"{% «$states.input» %}\"",
            };
            state("«Prepare»", &["\"Type\": \"Pass\"", reshaped, "\"End\": true"])
        },
    },
    Pattern {
        label: "Choice state",
        text: "Goes on with one of several states.",
        members: |language| {
            let choices = format!("\"Choices\": [\n  {{\n{}\n  }}\n]", moved(&rule(language), "    "));
            state("«Decide»", &["\"Type\": \"Choice\"", &choices, "\"Default\": \"«»\""])
        },
    },
    Pattern {
        label: "Wait state",
        text: "Delays for some seconds.",
        members: |_| {
            state(
                "«Wait»",
                &["\"Type\": \"Wait\"", "\"Seconds\": «5»", "\"Next\": \"«»\""],
            )
        },
    },
    Pattern {
        label: "Parallel state",
        text: "Runs branches at the same time.",
        members: |_| parallel(),
    },
    Pattern {
        label: "Map state",
        text: "Runs the same states for each item.",
        members: map_inline,
    },
    Pattern {
        label: "Distributed Map state",
        text: "Gives each item of a file a child execution of its own.",
        members: map_distributed,
    },
    Pattern {
        label: "Succeed state",
        text: "Ends well.",
        members: |_| state("«Done»", &["\"Type\": \"Succeed\""]),
    },
    Pattern {
        label: "Fail state",
        text: "Ends with an error.",
        members: |_| {
            state(
                "«Give up»",
                &[
                    "\"Type\": \"Fail\"",
                    "\"Error\": \"«OrderFailed»\"",
                    "\"Cause\": \"«»\"",
                ],
            )
        },
    },
    Pattern {
        label: "Retry with backoff",
        text: "A task that runs again after faults that pass, waiting longer each time.",
        members: |language| task("«Call function»", language, &format!("{RETRY},\n\"End\": true")),
    },
    Pattern {
        label: "Catch to fallback",
        text: "A task, and the state that takes over when it fails.",
        members: |language| {
            let caught = format!("\"Catch\": {},\n\"End\": true", catch_value(language, "Fallback"));
            [
                task("«Call function»", language, &caught),
                state("Fallback", &["\"Type\": \"Pass\"", "\"End\": true"]),
            ]
            .join(",\n")
        },
    },
    Pattern {
        label: "Saga compensation",
        text: "Two steps; when the second fails, the first is undone before the execution fails.",
        members: saga,
    },
    Pattern {
        label: "Job poller",
        text: "Starts a job, waits, asks how it stands, and goes round until it is done.",
        members: poller,
    },
    Pattern {
        label: "Human approval",
        text: "Sends a task token by message and waits until somebody returns it with a decision.",
        members: approval,
    },
    Pattern {
        label: "Map over items",
        text: "Calls a function for each item of an array, some at a time.",
        members: map_inline,
    },
    Pattern {
        label: "Parallel branches",
        text: "Two branches at the same time, and their results in one array.",
        members: |_| parallel(),
    },
];

/// The retry that suits most tasks.
const RETRY: &str = "\"Retry\": [\n  {\n    \"ErrorEquals\": [\n      \"«States.TaskFailed»\"\n    ],\n    \"IntervalSeconds\": «2»,\n    \
    \"MaxAttempts\": «3»,\n    \"BackoffRate\": «2»,\n    \"JitterStrategy\": \"FULL\"\n  }\n]";

/// Returns a whole definition to begin with.
pub(crate) fn machine() -> String {
    let states = moved(&state("«Hello»", &["\"Type\": \"Pass\"", "\"End\": true"]), "    ");
    format!("{{\n  \"StartAt\": \"«Hello»\",\n  \"QueryLanguage\": \"JSONata\",\n  \"States\": {{\n{states}\n  }}\n}}")
}

/// Returns the value that a field begins with.
pub(crate) fn field_value(owner: Option<Shape>, field: &Field, language: QueryLanguage) -> String {
    let value = match field.name {
        "Retry" => RETRY.trim_start_matches("\"Retry\": "),
        "Catch" => return catch_value(language, "«»"),
        "Choices" => return format!("[\n  {{\n{}\n  }}\n]", moved(&rule(language), "    ")),
        "And" | "Or" => "[\n  {\n    \"Variable\": \"$.«»\",\n    \"«IsPresent»\": true\n  }\n]",
        "Not" => "{\n  \"Variable\": \"$.«»\",\n  \"«IsPresent»\": true\n}",
        "Branches" => {
            return format!(
                "[\n{},\n{}\n]",
                moved(&body("First"), "  "),
                moved(&body("Second"), "  ")
            );
        }
        "ItemProcessor" | "Iterator" => return body("Process item"),
        "ProcessorConfig" => "{\n  \"Mode\": \"«INLINE»\"\n}",
        "States" => "{\n  «»\n}",
        "Credentials" => "{\n  \"RoleArn\": \"«»\"\n}",
        "Resource" if owner == Some(Shape::ItemReader) => "\"«arn:aws:states:::s3:getObject»\"",
        "Resource" if owner == Some(Shape::ResultWriter) => "\"arn:aws:states:::s3:putObject\"",
        "Type" => "\"«Task»\"",
        "QueryLanguage" => "\"«JSONata»\"",
        "End" => "true",
        _ => return value_of_kind(field.kind, language),
    };
    value.to_owned()
}

/// Returns the value that an operator of a Choice rule begins with.
pub(crate) fn value_of_kind(kind: Kind, language: QueryLanguage) -> String {
    let is_jsonata = language == QueryLanguage::Jsonata;
    match kind {
        Kind::Any => "«{}»".to_owned(),
        Kind::Bool => "«true»".to_owned(),
        Kind::Objects(_) => "[\n  {\n    «»\n  }\n]".to_owned(),
        Kind::Texts => "[\n  \"«»\"\n]".to_owned(),
        Kind::Integer(least, _) | Kind::DynamicInteger(least, _) => format!("«{}»", least.max(1)),
        Kind::Number(..) | Kind::DynamicNumber(..) => "«1»".to_owned(),
        Kind::Word(words) => format!("\"«{}»\"", words.first().unwrap_or(&"")),
        Kind::Path(_) | Kind::ReferencePath(_) | Kind::PathOrIntrinsic => "\"$.«»\"".to_owned(),
        Kind::DynamicItems | Kind::Condition => "\"{% «» %}\"".to_owned(),
        Kind::AnyTemplate if is_jsonata => "\"{% «» %}\"".to_owned(),
        Kind::Object | Kind::Template | Kind::AnyTemplate => "{\n  «»\n}".to_owned(),
        Kind::Text | Kind::DynamicText | Kind::DynamicTimestamp => "\"«»\"".to_owned(),
    }
}

fn state(name: &str, members: &[&str]) -> String {
    format!("\"{name}\": {{\n{}\n}}", moved(&members.join(",\n"), "  "))
}

fn moved(text: &str, indent: &str) -> String {
    let lines = text.lines().map(|line| format!("{indent}{line}"));
    lines.collect::<Vec<_>>().join("\n")
}

fn body(first: &str) -> String {
    let states = moved(
        &state(&format!("«{first}»"), &["\"Type\": \"Pass\"", "\"End\": true"]),
        "    ",
    );
    format!("{{\n  \"StartAt\": \"«{first}»\",\n  \"States\": {{\n{states}\n  }}\n}}")
}

fn task(name: &str, language: QueryLanguage, rest: &str) -> String {
    call(name, "lambda:invoke", &payload(language), language, rest)
}

fn call(name: &str, action: &str, parameters: &str, language: QueryLanguage, rest: &str) -> String {
    let field = match language {
        QueryLanguage::JsonPath => "Parameters",
        QueryLanguage::Jsonata => "Arguments",
    };
    let resource = format!("\"Resource\": \"arn:aws:states:::{action}\"");
    let parameters = format!("\"{field}\": {{\n{}\n}}", moved(parameters, "  "));
    state(name, &["\"Type\": \"Task\"", &resource, &parameters, rest])
}

fn payload(language: QueryLanguage) -> String {
    format!(
        "\"FunctionName\": \"«my-function»\",\n{}",
        computed("Payload", "$", "$states.input", language)
    )
}

/// Returns a member that is computed, in either language.
fn computed(name: &str, path: &str, expression: &str, language: QueryLanguage) -> String {
    match language {
        QueryLanguage::JsonPath => format!("\"{name}.$\": \"{path}\""),
        QueryLanguage::Jsonata => format!("\"{name}\": \"{{% {expression} %}}\""),
    }
}

fn rule(language: QueryLanguage) -> String {
    match language {
        QueryLanguage::JsonPath => {
            "\"Variable\": \"$.«status»\",\n\"«StringEquals»\": «\"\"»,\n\"Next\": \"«»\"".to_owned()
        }
        QueryLanguage::Jsonata => {
            "\"Condition\": \"{% «$states.input.status = 'ok'» %}\",\n\"Next\": \"«»\"".to_owned()
        }
    }
}

fn catch_value(language: QueryLanguage, next: &str) -> String {
    let kept = match language {
        QueryLanguage::JsonPath => "\"ResultPath\": \"$.error\"".to_owned(),
        QueryLanguage::Jsonata => {
            "\"Output\": \"{% $merge([$states.input, {'error': $states.errorOutput}]) %}\"".to_owned()
        }
    };
    let members = format!("\"ErrorEquals\": [\n  \"«States.ALL»\"\n],\n{kept},\n\"Next\": \"{next}\"");
    format!("[\n  {{\n{}\n  }}\n]", moved(&members, "    "))
}

fn parallel() -> String {
    let branches = format!(
        "\"Branches\": [\n{},\n{}\n]",
        moved(&body("First"), "  "),
        moved(&body("Second"), "  ")
    );
    state("«Do both»", &["\"Type\": \"Parallel\"", &branches, "\"End\": true"])
}

fn processor(config: &str, language: QueryLanguage) -> String {
    let inner = moved(&task("«Process item»", language, "\"End\": true"), "    ");
    let config = moved(&format!("\"ProcessorConfig\": {{\n{}\n}}", moved(config, "  ")), "  ");
    format!("\"ItemProcessor\": {{\n{config},\n  \"StartAt\": \"«Process item»\",\n  \"States\": {{\n{inner}\n  }}\n}}")
}

fn map_inline(language: QueryLanguage) -> String {
    let items = match language {
        QueryLanguage::JsonPath => "\"ItemsPath\": \"$.«items»\"",
        QueryLanguage::Jsonata => "\"Items\": \"{% «$states.input.items» %}\"",
    };
    let processor = processor("\"Mode\": \"INLINE\"", language);
    state(
        "«For each»",
        &[
            "\"Type\": \"Map\"",
            items,
            "\"MaxConcurrency\": «5»",
            &processor,
            "\"End\": true",
        ],
    )
}

fn map_distributed(language: QueryLanguage) -> String {
    let field = match language {
        QueryLanguage::JsonPath => "Parameters",
        QueryLanguage::Jsonata => "Arguments",
    };
    let reader = format!(
        "\"ItemReader\": {{\n  \"Resource\": \"arn:aws:states:::s3:getObject\",\n  \"ReaderConfig\": {{\n    \"InputType\": \
         \"«JSON»\"\n  }},\n  \"{field}\": {{\n    \"Bucket\": \"«my-bucket»\",\n    \"Key\": \"«items.json»\"\n  }}\n}}"
    );
    let processor = processor("\"Mode\": \"DISTRIBUTED\",\n\"ExecutionType\": \"STANDARD\"", language);
    state(
        "«For each»",
        &[
            "\"Type\": \"Map\"",
            &reader,
            "\"MaxConcurrency\": «100»",
            &processor,
            "\"End\": true",
        ],
    )
}

fn saga(language: QueryLanguage) -> String {
    let caught = format!("\"Catch\": {},\n\"End\": true", catch_value(language, "Cancel booking"));
    [
        task("Book", language, "\"Next\": \"Pay\""),
        task("Pay", language, &caught),
        task("Cancel booking", language, "\"Next\": \"Booking failed\""),
        state(
            "Booking failed",
            &["\"Type\": \"Fail\"", "\"Error\": \"BookingFailed\""],
        ),
    ]
    .join(",\n")
}

fn poller(language: QueryLanguage) -> String {
    let rule = |value: &str, next: &str| match language {
        QueryLanguage::JsonPath => {
            format!(
                "{{\n  \"Variable\": \"$.Payload.status\",\n  \"StringEquals\": \"{value}\",\n  \"Next\": \"{next}\"\n}}"
            )
        }
        QueryLanguage::Jsonata => {
            format!(
                "{{\n  \"Condition\": \"{{% $states.input.Payload.status = '{value}' %}}\",\n  \"Next\": \"{next}\"\n}}"
            )
        }
    };
    let rules = [rule("SUCCEEDED", "Job done"), rule("FAILED", "Job failed")].join(",\n");
    let choices = format!("\"Choices\": [\n{}\n]", moved(&rules, "  "));
    [
        task("Start job", language, "\"Next\": \"Wait for job\""),
        state(
            "Wait for job",
            &[
                "\"Type\": \"Wait\"",
                "\"Seconds\": «30»",
                "\"Next\": \"Ask how it stands\"",
            ],
        ),
        task("Ask how it stands", language, "\"Next\": \"Is it done?\""),
        state(
            "Is it done?",
            &["\"Type\": \"Choice\"", &choices, "\"Default\": \"Wait for job\""],
        ),
        state("Job done", &["\"Type\": \"Succeed\""]),
        state("Job failed", &["\"Type\": \"Fail\"", "\"Error\": \"JobFailed\""]),
    ]
    .join(",\n")
}

fn approval(language: QueryLanguage) -> String {
    let token = computed("token", "$$.Task.Token", "$states.context.Task.Token", language);
    let question = computed("question", "$", "$states.input", language);
    let message = format!(
        "\"MessageBody\": {{\n{}\n}}",
        moved(&format!("{question},\n{token}"), "  ")
    );
    let parameters =
        format!("\"QueueUrl\": \"«https://sqs.us-east-1.amazonaws.com/123456789012/approvals»\",\n{message}");
    let rule = match language {
        QueryLanguage::JsonPath => "\"Variable\": \"$.approved\",\n\"BooleanEquals\": true,\n\"Next\": \"Approved\"",
        QueryLanguage::Jsonata => "\"Condition\": \"{% $states.input.approved = true %}\",\n\"Next\": \"Approved\"",
    };
    let choices = format!("\"Choices\": [\n  {{\n{}\n  }}\n]", moved(rule, "    "));
    let rest = "\"TimeoutSeconds\": «86400»,\n\"Next\": \"Is it approved?\"";
    [
        call(
            "Ask for approval",
            "sqs:sendMessage.waitForTaskToken",
            &parameters,
            language,
            rest,
        ),
        state(
            "Is it approved?",
            &["\"Type\": \"Choice\"", &choices, "\"Default\": \"Rejected\""],
        ),
        state("Approved", &["\"Type\": \"Succeed\""]),
        state("Rejected", &["\"Type\": \"Fail\"", "\"Error\": \"Rejected\""]),
    ]
    .join(",\n")
}

#[cfg(test)]
mod tests {
    use asl_model::MachineType;

    use super::*;

    #[test]
    fn every_pattern_is_a_valid_definition_but_for_open_ends() {
        for language in [QueryLanguage::JsonPath, QueryLanguage::Jsonata] {
            for pattern in &PATTERNS {
                let members = Insert::marked(&(pattern.members)(language)).text;
                let first = members.split('"').nth(1).unwrap();
                let text = format!(
                    "{{\"QueryLanguage\": \"{}\", \"StartAt\": \"{first}\", \"States\": {{{members}, \"Last\": {{\"Type\": \"Succeed\"}}}}}}",
                    language.name()
                );
                let found = asl_model::validate_text(&text, MachineType::Standard);
                let is_open = |message: &str| {
                    message.contains("\"Last\" is not reachable")
                        || message.contains("Next")
                        || message.contains("no terminal state")
                };
                let wrong: Vec<String> = found
                    .iter()
                    .filter(|diagnostic| diagnostic.is_error() && !is_open(&diagnostic.message))
                    .map(ToString::to_string)
                    .collect();
                assert_eq!(wrong, Vec::<String>::new(), "{}: {text}", pattern.label);
            }
        }
    }

    #[test]
    fn places_move_with_the_text() {
        let insert = Insert::marked("{\n  «a»: «»\n}").indented("  ").between("x", "y");
        assert_eq!(insert.text, "x{\n    a: \n  }y");
        let filled: Vec<&str> = insert
            .placeholders
            .iter()
            .map(|span| &insert.text[span.start..span.end])
            .collect();
        assert_eq!(filled, ["a", ""]);
    }

    #[test]
    fn a_definition_begins_valid() {
        let text = Insert::marked(&machine()).text;
        assert_eq!(asl_model::validate_text(&text, MachineType::Standard), []);
    }
}
