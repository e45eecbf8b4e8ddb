//! Prompt results: the JSON of an answer with its members in any order, and what must be read from it.

use super::Style;
use super::json::{Json, json, leaf, write_key, write_list, write_space};
use super::output::{OutputPlan, output, unknown};
use super::style::style;
use super::text::{Text, text};
use proptest::prelude::*;
use std::fmt;
use viewcomfy_wasm::protocol::PromptResult;

/// The text of a prompt result, and what must be read from it.
#[derive(Clone)]
pub struct Answer {
    pub json: String,
    pub result: PromptResult,
    pub files: Vec<Vec<u8>>,
    /// `error_data` is not a string, so its exact text is kept.
    raw_error_data: bool,
}

/// Its text says it all.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.json, f)
    }
}

impl Answer {
    /// The same answer after a passage through an event stream, which makes all line ends line feeds.
    pub fn with_line_feeds(mut self) -> Self {
        self.json = line_feeds(&self.json);
        self.result.prompt = self.result.prompt.as_deref().map(line_feeds);
        if self.raw_error_data {
            self.result.error_data = self.result.error_data.as_deref().map(line_feeds);
        }
        self
    }
}

fn line_feeds(json: &str) -> String {
    json.replace("\r\n", "\n").replace('\r', "\n")
}

/// A member of a prompt result; none inside is a null.
#[derive(Debug, Clone)]
enum Member {
    PromptId(Option<Text>),
    Status(Option<Text>),
    Completed(Option<bool>),
    ExecutionTime(Option<String>),
    Prompt(Json),
    ErrorData(Json),
    Outputs(Option<Vec<OutputPlan>>),
    Unknown(Text, Json),
}

impl Member {
    fn key(&self) -> Text {
        Text::from(match self {
            Self::PromptId(_) => "prompt_id",
            Self::Status(_) => "status",
            Self::Completed(_) => "completed",
            Self::ExecutionTime(_) => "execution_time_seconds",
            Self::Prompt(_) => "prompt",
            Self::ErrorData(_) => "error_data",
            Self::Outputs(_) => "outputs",
            Self::Unknown(key, _) => return key.clone(),
        })
    }

    fn write_value(&self, out: &mut String, style: &mut Style) {
        match self {
            Self::PromptId(Some(text)) | Self::Status(Some(text)) => text.write(out, style),
            Self::Completed(Some(completed)) => out.push_str(&completed.to_string()),
            Self::ExecutionTime(Some(literal)) => out.push_str(literal),
            Self::Prompt(json) | Self::ErrorData(json) | Self::Unknown(_, json) => json.write(out, style),
            Self::Outputs(Some(outputs)) => {
                write_list(out, style, ['[', ']'], outputs, |out, style, output| output.write(out, style));
            }
            _ => out.push_str("null"),
        }
    }

    /// Notes what must be read from this member, whose value was written as `raw`.
    fn expect(&self, raw: &str, answer: &mut Answer) {
        let result = &mut answer.result;
        match self {
            Self::PromptId(text) => result.prompt_id = text.as_ref().map(Text::decoded),
            Self::Status(text) => result.status = text.as_ref().map(Text::decoded),
            Self::Completed(completed) => result.completed = *completed,
            Self::ExecutionTime(literal) => {
                result.execution_time_seconds = literal.as_ref().map(|literal| literal.parse().unwrap());
            }
            Self::Prompt(json) => result.prompt = (*json != Json::Null).then(|| raw.to_owned()),
            Self::ErrorData(Json::Text(text)) => result.error_data = Some(text.decoded()),
            Self::ErrorData(json) => {
                answer.raw_error_data = true;
                result.error_data = (*json != Json::Null).then(|| raw.to_owned());
            }
            Self::Outputs(outputs) => {
                let outputs = outputs.iter().flatten().enumerate();
                (result.outputs, answer.files) = outputs.map(|(index, plan)| plan.expected(index)).unzip();
            }
            Self::Unknown(..) => {}
        }
    }
}

fn written(members: &[Member], mut style: Style) -> Answer {
    let mut answer = Answer {
        json: String::new(),
        result: PromptResult::default(),
        files: Vec::new(),
        raw_error_data: false,
    };
    let mut text = String::new();
    write_space(&mut text, &mut style);
    write_list(&mut text, &mut style, ['{', '}'], members, |out, style, member| {
        write_key(out, style, &member.key());
        let start = out.len();
        member.write_value(out, style);
        member.expect(&out[start..], &mut answer);
    });
    write_space(&mut text, &mut style);
    answer.json = text;
    answer
}

/// The names that mean something in a prompt result.
const KNOWN: [&str; 7] =
    ["prompt_id", "status", "completed", "execution_time_seconds", "prompt", "error_data", "outputs"];

/// Any prompt result, written in any way.
pub fn answer() -> impl Strategy<Value = Answer> {
    let outputs = prop_oneof![
        6 => prop::collection::vec(output(), 0..4),
        1 => prop::collection::vec(output(), 10..14),
    ];
    let members = (
        member(prop::option::of(text()), Member::PromptId),
        member(prop::option::of(text()), Member::Status),
        member(any::<Option<bool>>(), Member::Completed),
        member(prop::option::of("(0|[1-9][0-9]{0,5})(\\.[0-9]{1,6})?(e[+-]?[0-2])?"), Member::ExecutionTime),
        member(prompt(), Member::Prompt),
        member(prop_oneof![3 => text().prop_map(Json::Text), 1 => leaf(), 1 => json()], Member::ErrorData),
        member(prop::option::weighted(0.9, outputs), Member::Outputs),
        unknown(&KNOWN),
    );
    let members = members.prop_map(|(id, status, completed, time, prompt, error, outputs, unknown)| {
        let known = [id, status, completed, time, prompt, error, outputs].into_iter().flatten();
        known.chain(unknown.into_iter().map(|(key, json)| Member::Unknown(key, json))).collect::<Vec<_>>()
    });
    (members.prop_shuffle(), style()).prop_map(|(members, style)| written(&members, style))
}

/// A prompt result that is hardly more than its outputs.
pub fn outputs_only() -> impl Strategy<Value = Answer> {
    (prop::collection::vec(output(), 1..3), style())
        .prop_map(|(outputs, style)| written(&[Member::Outputs(Some(outputs))], style))
}

/// A prompt result of two small outputs, written in the plainest way.
pub fn small() -> Answer {
    let outputs = vec![OutputPlan::of("a", b"hello\xff\xef"), OutputPlan::of("b", b"x")];
    written(&[Member::Outputs(Some(outputs))], Style::plain())
}

/// A member that is mostly there.
fn member<S: Strategy>(
    value: S,
    member: impl Fn(S::Value) -> Member,
) -> impl Strategy<Value = Option<Member>> {
    prop::option::weighted(0.8, value.prop_map(member))
}

/// The workflow that ran: any JSON, and now and then a large one.
fn prompt() -> impl Strategy<Value = Json> {
    let node = |id: usize| {
        let inputs = ["text", "seed", "model"].map(|name| (Text::from(name), Json::Number(id.to_string())));
        (Text::from(id.to_string().as_str()), Json::Object(inputs.to_vec()))
    };
    prop_oneof![
        8 => json(),
        1 => (50_usize..300).prop_map(move |nodes| Json::Object((0..nodes).map(node).collect())),
    ]
}
