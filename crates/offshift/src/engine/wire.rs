//! JSON-RPC 2.0: requests, answers, errors and notifications, as `proto/spec/rpc.md` has them.
//!
//! ```text
//! {"jsonrpc": "2.0", "id": 1, "method": "send", "params": {..}}  -->  Request
//! Result<Value, RpcError>  -->  {"jsonrpc": "2.0", "id": 1, "result": ..} or {.., "error": {"code", "message", "data"}}
//! ```
//! Never: a word of a request in an error (OS-RPC-016, N7).

use offshift_client::{
    Blame, ClientError, Detail,
    json::{Json, Portable},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// The version of the verbs and their JSON. A new verb or field changes nothing; what is taken away would.
pub(crate) const PROTOCOL: u32 = 1;

const PARSE: i32 = -32_700;
const INVALID: i32 = -32_600;
const NO_METHOD: i32 = -32_601;
const BAD_PARAMS: i32 = -32_602;
const DEFECT: i32 = -32_603;

const ONE_OBJECT: &str = "a request is one object";

/// What somebody asks.
pub(crate) struct Request {
    pub(crate) id: Value,
    pub(crate) method: String,
    pub(crate) params: Params,
    /// A program asks of its own accord: no person is there because of it (OS-RPC-011).
    pub(crate) is_unattended: bool,
}

/// What came in one message.
pub(crate) enum Asked {
    One(Value),
    /// Several at once, as only a page asks.
    Several(Vec<Value>),
}

/// Reads a message; else the error.
pub(crate) fn asked(text: &[u8]) -> Result<Asked, RpcError> {
    match serde_json::from_slice::<Value>(text) {
        Ok(Value::Array(all)) => Ok(Asked::Several(all)),
        Ok(one) => Ok(Asked::One(one)),
        Err(_) => Err(RpcError::of_protocol(PARSE, "this is not JSON")),
    }
}

/// Reads a request; else the error, and the id to answer it under.
pub(crate) fn request(text: &[u8]) -> Result<Request, (Value, RpcError)> {
    match asked(text) {
        Ok(Asked::One(one)) => request_of(one),
        Ok(Asked::Several(_)) => Err((Value::Null, RpcError::of_protocol(INVALID, ONE_OBJECT))),
        Err(error) => Err((Value::Null, error)),
    }
}

/// The same of what is JSON already.
pub(crate) fn request_of(value: Value) -> Result<Request, (Value, RpcError)> {
    let invalid = |id, why| Err((id, RpcError::of_protocol(INVALID, why)));
    let Value::Object(mut object) = value else {
        return invalid(Value::Null, ONE_OBJECT);
    };
    let id = match object.remove("id") {
        Some(id @ (Value::String(_) | Value::Number(_))) => id,
        _ => return invalid(Value::Null, "a request has an id: a text or a number"),
    };
    if object.remove("jsonrpc") != Some(json!("2.0")) {
        return invalid(id, "a request says \"jsonrpc\": \"2.0\"");
    }
    let Some(Value::String(method)) = object.remove("method") else {
        return invalid(id, "a request names its method");
    };
    let params = match object.remove("params") {
        Some(Value::Object(params)) => Params(params),
        None => Params::new(),
        Some(_) => return invalid(id, "parameters are given by name"),
    };
    let is_unattended = object.remove("unattended") == Some(Value::Bool(true));
    Ok(Request { id, method, params, is_unattended })
}

/// No batch, or one of none or of too many.
pub(crate) fn no_batch() -> RpcError {
    RpcError::of_protocol(INVALID, "a batch has 1 to 16 requests")
}

/// The answer to a request.
pub(crate) fn answer(id: &Value, done: Result<Value, RpcError>) -> Value {
    match done {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err(error) => json!({ "jsonrpc": "2.0", "id": id, "error": error }),
    }
}

/// An event, told to who subscribed.
pub(crate) fn notification(event: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "method": "event", "params": event })
}

/// An answer as a line. One that is too long for its reader is an error instead: the connection goes on (OS-RPC-004).
pub(crate) fn fitting(answered: &Value, bytes_max: usize) -> String {
    let line = answered.to_string();
    if line.len() <= bytes_max {
        return line;
    }
    let id = answered.get("id").unwrap_or(&Value::Null);
    answer(id, Err(RpcError::too_much())).to_string()
}

/// A line that is too long to be read: who sent it hears so, and no more (OS-RPC-004).
pub(crate) fn too_long() -> RpcError {
    RpcError::of_protocol(INVALID, "a line has at most 1 MiB")
}

/// A value in JSON.
pub(crate) fn value<T: Portable>(value: T) -> Result<Value, RpcError> {
    serde_json::to_value(Json(value)).map_err(|_| RpcError::defect())
}

/// Parameters by name.
#[derive(Default)]
pub(crate) struct Params(Map<String, Value>);

impl Params {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Those of a JSON object.
    pub(crate) fn of(value: Value) -> Result<Self, RpcError> {
        match value {
            Value::Object(params) => Ok(Self(params)),
            Value::Null => Ok(Self::new()),
            _ => Err(RpcError::bad_params("all")),
        }
    }

    pub(crate) fn into_value(self) -> Value {
        Value::Object(self.0)
    }

    /// Adds one.
    pub(crate) fn give<T: Portable>(
        &mut self,
        name: &'static str,
        given: T,
    ) -> Result<(), RpcError> {
        self.0.insert(name.to_owned(), value(given)?);
        Ok(())
    }

    /// Takes one out; what is missing is nothing, where nothing will do.
    pub(crate) fn take<T: Portable>(&mut self, name: &'static str) -> Result<T, RpcError> {
        let value = self.0.remove(name).unwrap_or(Value::Null);
        let json: Json<T> =
            serde_json::from_value(value).map_err(|_| RpcError::bad_params(name))?;
        Ok(json.0)
    }

    /// That was all. A misspelt parameter must not be taken for one that was left out.
    pub(crate) fn end(self) -> Result<(), RpcError> {
        if self.0.is_empty() { Ok(()) } else { Err(RpcError::bad_params("others")) }
    }
}

/// Why a call failed: `code` is as JSON-RPC has it, or the exit code that a command would end with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RpcError {
    pub(crate) code: i32,
    pub(crate) message: String,
    pub(crate) data: Box<ErrorData>,
}

/// The same for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ErrorData {
    /// Its kind: the same in every version and language.
    pub(crate) kind: String,
    /// Who can do something about it.
    pub(crate) blame: Blame,
    /// What its sentence has in it.
    pub(crate) args: Map<String, Value>,
    /// The whole of it, where the client's library said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<ClientError>,
}

impl RpcError {
    fn new(code: i32, kind: &str, blame: Blame, message: impl Into<String>) -> Self {
        let data = ErrorData { kind: kind.to_owned(), blame, args: Map::new(), error: None };
        Self { code, message: message.into(), data: Box::new(data) }
    }

    fn of_protocol(code: i32, message: &str) -> Self {
        let kind = match code {
            PARSE => "not_json",
            INVALID => "not_a_request",
            NO_METHOD => "no_such_verb",
            BAD_PARAMS => "bad_params",
            _ => "bug",
        };
        let mut error = Self::new(code, kind, Blame::Program, message);
        if kind == "bug" {
            error.data.args.insert("what".to_owned(), json!("the engine"));
        }
        error
    }

    /// There is no such verb.
    pub(crate) fn no_such_verb() -> Self {
        Self::of_protocol(NO_METHOD, "there is no such verb")
    }

    /// A parameter is missing, is something else, or has no place here.
    pub(crate) fn bad_params(name: &'static str) -> Self {
        let mut error = Self::of_protocol(BAD_PARAMS, "a parameter is missing, wrong or too much");
        error.data.args.insert("name".to_owned(), json!(name));
        error
    }

    /// A defect of this program.
    pub(crate) fn defect() -> Self {
        Self::of_protocol(DEFECT, "a defect in this program")
    }

    /// The profile is locked.
    pub(crate) fn locked() -> Self {
        Self::new(1, "locked", Blame::Person, "the profile is locked; unlock it first")
    }

    /// It is open, and nobody looked at the passphrase (OS-RPC-009).
    pub(crate) fn already_open() -> Self {
        Self::new(1, "already_open", Blame::Person, "the profile is open already; lock it first")
    }

    /// More than fits an answer.
    fn too_much() -> Self {
        Self::new(1, "too_much", Blame::Person, "this is too much at once; ask for less of it")
    }

    /// The engine has no page.
    pub(crate) fn no_page() -> Self {
        Self::new(1, "no_page", Blame::Person, "this engine shows no page; end it and open one")
    }

    /// The verb names a file of this machine, or ends the engine: a page has no business with it (OS-PAG-030).
    pub(crate) fn not_for_the_page() -> Self {
        Self::new(1, "not_for_the_page", Blame::Person, "a page can't ask for this; use a command")
    }

    /// A picture was not one, or has no code in it.
    pub(crate) fn no_code_in_picture() -> Self {
        Self::new(
            1,
            "no_code_in_picture",
            Blame::Person,
            "no code was found in this picture; take it again, closer and straight",
        )
    }

    /// Whether it is of this kind.
    pub(crate) fn is(&self, kind: &str) -> bool {
        self.data.kind == kind
    }
}

impl From<ClientError> for RpcError {
    fn from(error: ClientError) -> Self {
        let code = match error.blame() {
            Blame::Person => 1,
            Blame::Program => 2,
            Blame::Outside => 3,
            Blame::Trust => 4,
        };
        let mut rpc = Self::new(code, error.kind(), error.blame(), error.to_string());
        rpc.data.args = error
            .details()
            .into_iter()
            .map(|(name, detail)| (name.to_owned(), plain(detail)))
            .collect();
        rpc.data.error = Some(error);
        rpc
    }
}

fn plain(detail: Detail) -> Value {
    match detail {
        Detail::Number(number) => json!(number),
        Detail::Word(word) => json!(word),
        Detail::Words(words) => json!(words),
    }
}

impl From<RpcError> for ClientError {
    /// What an engine elsewhere said, as if it had been said here.
    fn from(error: RpcError) -> Self {
        let ErrorData { kind, error, .. } = *error.data;
        match error {
            Some(error) => error,
            None if kind == "locked" => Self::Closed,
            None if kind == "no_such_verb" => Self::Bug("the running engine has no such verb"),
            None => Self::Bug("asking the running engine"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> (Value, i32) {
        request(text.as_bytes()).err().map(|(id, error)| (id, error.code)).unwrap()
    }

    #[test]
    fn a_request_is_read_and_anything_else_is_answered_with_its_error() {
        let whole = r#"{"jsonrpc":"2.0","id":7,"method":"room","params":{"room":"x"}}"#;
        let read = request(whole.as_bytes()).ok().unwrap();
        assert_eq!((read.id, read.method.as_str(), read.is_unattended), (json!(7), "room", false));
        assert_eq!(read.params.into_value(), json!({ "room": "x" }));
        let null = Value::Null;
        assert_eq!(refused("hello"), (null.clone(), PARSE));
        assert_eq!(refused("[]"), (null.clone(), INVALID));
        assert_eq!(refused(r#"{"jsonrpc":"2.0","method":"room"}"#), (null.clone(), INVALID));
        assert_eq!(refused(r#"{"jsonrpc":"2.0","id":null,"method":"room"}"#), (null, INVALID));
        assert_eq!(refused(r#"{"jsonrpc":"1.0","id":1,"method":"room"}"#), (json!(1), INVALID));
        assert_eq!(refused(r#"{"jsonrpc":"2.0","id":1}"#), (json!(1), INVALID));
        let by_place = r#"{"jsonrpc":"2.0","id":"a","method":"room","params":["x"]}"#;
        assert_eq!(refused(by_place), (json!("a"), INVALID));
    }

    #[test]
    fn no_parameter_is_missing_wrong_or_too_much() {
        let params = || Params::of(json!({ "text": "hello", "more": 1 })).unwrap();
        assert_eq!(params().take::<String>("text").unwrap(), "hello");
        assert_eq!(params().take::<Option<String>>("other").unwrap(), None);
        for wrong in [params().take::<String>("other"), params().take::<String>("more")] {
            assert_eq!(wrong.unwrap_err().code, BAD_PARAMS);
        }
        assert_eq!(params().end().unwrap_err().code, BAD_PARAMS);
        assert!(Params::new().end().is_ok());
        assert!(Params::of(json!([1])).is_err());
    }

    #[test]
    fn os_rpc_004_an_answer_that_is_too_long_is_an_error_under_its_id() {
        let answered = answer(&json!(7), Ok(json!("x".repeat(1000))));
        let line = fitting(&answered, 2000);
        assert_eq!(line, answered.to_string(), "the twin");
        let short: Value = serde_json::from_str(&fitting(&answered, 500)).unwrap();
        assert_eq!(
            (&short["id"], &short["error"]["data"]["kind"]),
            (&json!(7), &json!("too_much"))
        );
    }

    #[test]
    fn an_error_says_for_programs_what_it_says_for_people() {
        let rpc = RpcError::from(ClientError::Objections(2));
        let json = serde_json::to_value(&rpc).unwrap();
        assert_eq!(json["code"], 1);
        assert_eq!(json["data"]["kind"], "objections");
        assert_eq!(json["data"]["args"], json!({ "count": 2 }));
        assert_eq!(json["data"]["blame"], "person");
        let back: RpcError = serde_json::from_value(json).unwrap();
        assert_eq!(ClientError::from(back), ClientError::Objections(2));
        assert_eq!(ClientError::from(RpcError::locked()), ClientError::Closed);
    }
}
