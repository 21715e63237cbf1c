//! What the surface consists of.

/// Everything that another language sees of the library.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Api {
    /// Types of data, in the order of module and name.
    pub types: Vec<Type>,
    /// Rooms with their calls.
    pub rooms: Vec<Room>,
    /// Kinds of errors.
    pub errors: Vec<ErrorKind>,
}

impl Api {
    /// The rooms of a session.
    pub(crate) fn of_session(&self) -> impl Iterator<Item = &Room> {
        self.rooms.iter().filter(|room| room.session)
    }

    /// The rooms whose calls need no session.
    pub(crate) fn alone(&self) -> impl Iterator<Item = &Room> {
        self.rooms.iter().filter(|room| !room.session)
    }

    /// The type of this name.
    pub(crate) fn named(&self, name: &str) -> Option<&Type> {
        self.types.iter().find(|of| of.name == name)
    }

    /// The fields of a record that have to be said; none of anything else.
    pub(crate) fn said<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Field> {
        let fields = match self.named(name).map(|of| &of.shape) {
            Some(Shape::Record(fields)) => fields.as_slice(),
            _ => &[],
        };
        fields.iter().filter(|field| field.default.is_none())
    }

    /// Whether uniffi can write what a field is if nothing is said. What it cannot is added to what it wrote.
    pub(crate) fn uniffi_says(&self, field: &Field) -> bool {
        match (&field.default, &field.of) {
            (None | Some(Default::Literal(_)), _) => true,
            (Some(Default::Variant(_)), _) => false,
            (Some(Default::Empty), Of::Sensitive(_) | Of::Scalar(_)) => false,
            (Some(Default::Empty), Of::Named(name)) => match self.named(name).map(|of| &of.shape) {
                Some(Shape::Record(fields)) => {
                    fields.iter().all(|field| field.default.is_some() && self.uniffi_says(field))
                }
                _ => false,
            },
            (Some(Default::Empty), _) => true,
        }
    }
}

/// A type of data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Type {
    /// Module it is reached by: empty for the root, else `people`, `chart` and the like.
    pub module: String,
    /// Name, the same in every language.
    pub name: String,
    /// Text of its documentation, with line breaks.
    pub docs: String,
    /// What it is made of.
    pub shape: Shape,
}

impl Type {
    /// The path of the type in Rust.
    pub(crate) fn path(&self) -> String {
        let name = &self.name;
        match self.module.as_str() {
            "" => format!("prm_core::{name}"),
            "ical" => format!("prm_core::interchange::ical::{name}"),
            module => format!("prm_core::{module}::{name}"),
        }
    }
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
    /// No value, an empty list, an empty text, `false` or zero, by the type of the field; a record of which nothing is
    /// said, with such values where it has to be.
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
    /// With a meaning and a JSON text of its own: `Decimal`, `PartialDate`, `When`, `Instant`, `Cursor`, `Date`,
    /// `CivilTime`.
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

/// A room: calls that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// Name, e.g. `people`.
    pub name: String,
    /// Whether its calls are those of a session. Those of others are pure, and need neither session nor store.
    pub session: bool,
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

impl Room {
    /// What holds the calls in the bindings.
    pub(crate) const fn object(&self) -> &'static str {
        if self.session { "Session" } else { RECKONER }
    }
}

/// What holds the calls that need no session.
pub(crate) const RECKONER: &str = "Reckoner";

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
