/// Content that does not print: names, contacts and free text of records.
///
/// `description`, `debugDescription`, `dump` and reflection show `Redacted(…)`, so that a log line or a failed test cannot
/// carry it. Reading it is explicit: ``exposed``.
///
/// ```swift
/// let name = Sensitive("Ana")
/// print(name)          // Redacted(…)
/// print(name.exposed)  // Ana
/// ```
public struct Redacted<Content> {
    /// The content, for a use the caller answers for.
    public let exposed: Content

    /// Wraps content.
    public init(_ content: Content) {
        exposed = content
    }
}

/// Text that does not print.
public typealias Sensitive = Redacted<String>

extension Redacted: Sendable where Content: Sendable {}
extension Redacted: Equatable where Content: Equatable {}
extension Redacted: Hashable where Content: Hashable {}

extension Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `Redacted(…)`, whatever it holds.
    public var description: String { "Redacted(…)" }

    /// `Redacted(…)`, whatever it holds.
    public var debugDescription: String { description }

    /// A mirror without children, so that `dump` shows nothing either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Redacted: ExpressibleByUnicodeScalarLiteral where Content == String {}
extension Redacted: ExpressibleByExtendedGraphemeClusterLiteral where Content == String {}

extension Redacted: ExpressibleByStringLiteral where Content == String {
    /// Wraps a text that stands in the code.
    public init(stringLiteral content: String) {
        self.init(content)
    }
}

/// Where a page ended: opaque, sealed by the store, and of use only for the question it came from.
public struct Cursor: Hashable, Sendable {
    /// The sealed text, to be kept as it is and handed back with ``init(_:)``.
    public let text: String

    /// A cursor from its text.
    public init(_ text: String) {
        self.text = text
    }
}

extension Cursor: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `Cursor(…)`.
    public var description: String { "Cursor(…)" }

    /// `Cursor(…)`.
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
