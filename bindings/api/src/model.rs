//! What the surface consists of.

/// Everything that another language sees of the library.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Api {
    /// Types of data, in the order of module and name.
    pub types: Vec<Type>,
    /// Rooms of a session with their calls.
    pub rooms: Vec<Room>,
    /// Kinds of errors.
    pub errors: Vec<ErrorKind>,
}

/// A type of data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Type {
    /// Module it is reached by: empty for the root, else `people`, `chart`, `govern`.
    pub module: String,
    /// Name, the same in every language.
    pub name: String,
    /// Text of its documentation, with line breaks.
    pub docs: String,
    /// What it is made of.
    pub shape: Shape,
}

/// What a type is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A UUID with a type of its own.
    Id,
    /// Named fields.
    Record(Vec<Field>),
    /// One of several; its JSON is `"name"` for a variant without fields, `{"name": …}` otherwise.
    Choice(Vec<Variant>),
    /// A code: known ones are variants, any other is kept as it came. Its JSON is the code.
    Code(Vec<Known>),
}

/// A field of a record or of a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Name.
    pub name: String,
    /// Its member of a JSON object, e.g. `use` for `usage`.
    pub json: String,
    /// Text of its documentation.
    pub docs: String,
    /// Type.
    pub of: Of,
    /// What it is if nothing is said; none if it has to be said.
    pub default: Option<Default>,
}

/// What a field is if nothing is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Default {
    /// No value, an empty list, an empty text, `false` or zero, by the type of the field; a record whose fields all
    /// have defaults.
    Empty,
    /// A literal: `true` or a number.
    Literal(String),
    /// A variant of the choice or code that the field is.
    Variant(String),
}

/// A variant of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Name, in UpperCamelCase.
    pub name: String,
    /// Its name in JSON.
    pub json: String,
    /// Text of its documentation.
    pub docs: String,
    /// What it carries.
    pub carries: Carries,
}

/// What a variant carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carries {
    /// Nothing.
    Nothing,
    /// One value without a name; its JSON is that of the value.
    One(Of),
    /// Fields; their JSON is an object.
    Fields(Vec<Field>),
}

/// A known code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Name, in UpperCamelCase.
    pub name: String,
    /// The code.
    pub code: String,
    /// Text of its documentation.
    pub docs: String,
}

/// The type of a field, an argument or an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// Nothing.
    Unit,
    /// Built in: `bool`, `u8`, `u16`, `u32`, `u64`, `i64`, `text`.
    Plain(&'static str),
    /// With a meaning and a JSON text of its own: `Decimal`, `PartialDate`, `When`, `Instant`, `Cursor`.
    Scalar(&'static str),
    /// A type of [`Api::types`].
    Named(String),
    /// Content that does not print.
    Sensitive(Box<Of>),
    /// A value or none.
    Option(Box<Of>),
    /// A list.
    List(Box<Of>),
}

/// A room of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// Name, e.g. `people`.
    pub name: String,
    /// Text of its documentation.
    pub docs: String,
    /// Its calls, in the order of the source.
    pub calls: Vec<Call>,
}

/// A call of a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Name.
    pub name: String,
    /// Text of its documentation.
    pub docs: String,
    /// Arguments.
    pub arguments: Vec<Argument>,
    /// Answer.
    pub answer: Of,
    /// Whether it takes long: the core takes a progress after the arguments, to tell and to be cancelled by.
    pub watched: bool,
}

/// An argument of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// Name.
    pub name: String,
    /// Type.
    pub of: Of,
    /// How the call of the core takes it.
    pub passed: Passed,
}

impl Argument {
    /// What a call of the core is handed, in Rust.
    pub(crate) fn in_rust(&self) -> String {
        let name = &self.name;
        match self.passed {
            Passed::Value => name.clone(),
            Passed::Reference => format!("&{name}"),
            Passed::OptionalReference => format!("{name}.as_ref()"),
        }
    }
}

/// How a call of the core takes an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passed {
    /// As a value, or as what can be made into one.
    Value,
    /// As a reference or slice.
    Reference,
    /// As an optional reference.
    OptionalReference,
}

/// A kind of error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorKind {
    /// Name, e.g. `NotFound`.
    pub name: String,
    /// Stable code, e.g. `not_found`.
    pub code: String,
    /// Text of its documentation.
    pub docs: String,
    /// Whether to call again: `never`, `later` or `after_reload`.
    pub retry: String,
    /// One sentence on what to do.
    pub advice: String,
}
