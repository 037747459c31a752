//! The head of a message: its first line and its fields.

use super::Wrong;

/// No head is longer.
const HEAD_MAX: usize = 16 << 10;

/// No head has more fields.
const FIELDS_MAX: usize = 64;

/// The head of a request or of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// What became of the request: 200 and so on; 0 in a request.
    pub status: u16,
    /// What is asked: GET and so on; empty in an answer.
    pub method: String,
    /// Path and query that are asked for; empty in an answer.
    pub target: String,
    /// Names, as they were written, and values.
    pub fields: Vec<(String, String)>,
}

impl Head {
    /// The head of an answer at the beginning of some bytes, with its length; none while it is not whole.
    ///
    /// # Errors
    /// When it is none.
    pub fn of_answer(bytes: &[u8]) -> Result<Option<(Self, usize)>, Wrong> {
        let mut fields = [httparse::EMPTY_HEADER; FIELDS_MAX];
        let mut answer = httparse::Response::new(&mut fields);
        let mut lenient = httparse::ParserConfig::default();
        lenient.allow_spaces_after_header_name_in_responses(true).ignore_invalid_headers_in_responses(true);
        let parsed = lenient.parse_response(&mut answer, bytes).map_err(|_| Wrong("no answer"))?;
        let Some(length) = whole(parsed, bytes)? else { return Ok(None) };
        let fields = texts(answer.headers);
        Ok(Some((Self { status: answer.code.unwrap_or(0), fields, ..Self::default() }, length)))
    }

    /// The head of a request, likewise.
    ///
    /// # Errors
    /// When it is none.
    pub fn of_request(bytes: &[u8]) -> Result<Option<(Self, usize)>, Wrong> {
        let mut fields = [httparse::EMPTY_HEADER; FIELDS_MAX];
        let mut request = httparse::Request::new(&mut fields);
        let parsed = request.parse(bytes).map_err(|_| Wrong("no request"))?;
        let Some(length) = whole(parsed, bytes)? else { return Ok(None) };
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let (method, target) = (text(request.method), text(request.path));
        Ok(Some((Self { status: 0, method, target, fields: texts(request.headers) }, length)))
    }

    /// The first field of a name, whatever the case of its letters.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// Every field of a name.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = self.fields.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str())
    }

    /// Whether a field of a name has this word among its values.
    #[must_use]
    pub fn says(&self, name: &str, word: &str) -> bool {
        self.all(name).any(|value| value.split(',').any(|said| said.trim().eq_ignore_ascii_case(word)))
    }
}

fn whole(parsed: httparse::Status<usize>, bytes: &[u8]) -> Result<Option<usize>, Wrong> {
    match parsed {
        httparse::Status::Complete(length) => Ok(Some(length)),
        httparse::Status::Partial if bytes.len() > HEAD_MAX => Err(Wrong("a head without an end")),
        httparse::Status::Partial => Ok(None),
    }
}

fn texts(fields: &[httparse::Header<'_>]) -> Vec<(String, String)> {
    let text = |bytes| String::from_utf8_lossy(bytes).trim().to_owned();
    fields.iter().map(|field| (field.name.to_owned(), text(field.value))).collect()
}
