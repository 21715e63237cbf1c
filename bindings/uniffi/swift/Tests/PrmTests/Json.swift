import Foundation
import Prm

/// JSON as the scenarios have it: no fractions, since decimals are texts. Texts are the same if their code points are.
enum Json: Decodable {
    case nothing
    case flag(Bool)
    case number(Int64)
    case text(String)
    case list([Json])
    case object([String: Json])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let object = try? value.decode([String: Json].self) {
            self = .object(object)
        } else if let list = try? value.decode([Json].self) {
            self = .list(list)
        } else if value.decodeNil() {
            self = .nothing
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else {
            self = .number(try value.decode(Int64.self))
        }
    }

    static func parse(_ data: Data) throws -> Json {
        try JSONDecoder().decode(Json.self, from: data)
    }

    /// The member of an object.
    subscript(_ name: String) -> Json? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    /// What a pointer of RFC 6901 leads to.
    func at(_ pointer: String) -> Json? {
        pointer.split(separator: "/").reduce(self as Json?) { value, step in
            switch value {
            case .object(let members)?: members[String(step)]
            case .list(let items)?: Int(step).flatMap { items.indices.contains($0) ? items[$0] : nil }
            default: nil
            }
        }
    }

    /// The name of a choice and what it carries.
    func variant() throws -> (String, Json?) {
        switch self {
        case .text(let name): return (name, nil)
        case .object(let members) where members.count == 1:
            let (name, content) = members.first!
            return (name, content)
        default: throw Misspelt("a choice is a text or an object with one member")
        }
    }
}

extension Json: Equatable {
    static func == (a: Json, b: Json) -> Bool {
        switch (a, b) {
        case (.nothing, .nothing): true
        case (.flag(let a), .flag(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.text(let a), .text(let b)): a.utf8.elementsEqual(b.utf8)
        case (.list(let a), .list(let b)): a == b
        case (.object(let a), .object(let b)): a == b
        default: false
        }
    }
}

/// A scenario asks for something that is not there, or writes it wrongly.
struct Misspelt: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// A native value that JSON stands for.
protocol JsonValue {
    init(json: Json) throws
    var json: Json { get }
}

/// One that stands as a text of its own.
protocol JsonText: JsonValue, WrittenAsText {}

extension JsonText {
    init(json: Json) throws {
        let text = try String(json: json)
        guard let value = Self(text) else { throw Misspelt("\(text) is no \(Self.self)") }
        self = value
    }

    var json: Json { .text(description) }
}

extension CivilDate: JsonText {}
extension CivilTime: JsonText {}
extension PartialDate: JsonText {}
extension When: JsonText {}
extension Instant: JsonText {}

extension ExactDecimal: JsonText {
    init(json: Json) throws {
        let text = if case .number(let number) = json { String(number) } else { try String(json: json) }
        guard let value = ExactDecimal(text) else { throw Misspelt("\(text) is no decimal") }
        self = value
    }
}

extension Cursor: JsonValue {
    init(json: Json) throws { self.init(try String(json: json)) }
    var json: Json { .text(text) }
}

extension Redacted: JsonValue where Content: JsonValue {
    init(json: Json) throws { self.init(try Content(json: json)) }
    var json: Json { exposed.json }
}

extension String: JsonValue {
    init(json: Json) throws {
        guard case .text(let text) = json else { throw Misspelt("\(json) is no text") }
        self = text
    }

    var json: Json { .text(self) }
}

extension Bool: JsonValue {
    init(json: Json) throws {
        guard case .flag(let flag) = json else { throw Misspelt("\(json) is neither true nor false") }
        self = flag
    }

    var json: Json { .flag(self) }
}

extension JsonValue where Self: FixedWidthInteger {
    init(json: Json) throws {
        guard case .number(let number) = json, let value = Self(exactly: number) else {
            throw Misspelt("\(json) is no \(Self.self)")
        }
        self = value
    }

    var json: Json { .number(Int64(self)) }
}

extension UInt8: JsonValue {}
extension UInt16: JsonValue {}
extension UInt32: JsonValue {}
extension UInt64: JsonValue {}
extension Int64: JsonValue {}

extension Optional: JsonValue where Wrapped: JsonValue {
    init(json: Json) throws {
        self = json == .nothing ? nil : try Wrapped(json: json)
    }

    var json: Json { self?.json ?? .nothing }
}

extension Array: JsonValue where Element: JsonValue {
    init(json: Json) throws {
        guard case .list(let items) = json else { throw Misspelt("\(json) is no list") }
        self = try items.map { try Element(json: $0) }
    }

    var json: Json { .list(map(\.json)) }
}

/// Members of an object, taken one by one; none may be left.
struct Members {
    private let of: String
    private var rest: [String: Json]

    init(_ json: Json, of name: String) throws {
        guard case .object(let members) = json else { throw Misspelt("\(name) is no object") }
        (of, rest) = (name, members)
    }

    /// No members.
    init(none name: String) {
        (of, rest) = (name, [:])
    }

    /// A member that must be there.
    mutating func take<Value: JsonValue>(_ name: String) throws -> Value {
        guard let json = rest.removeValue(forKey: name) else { throw Misspelt("\(of) lacks \(name)") }
        return try Value(json: json)
    }

    /// A member, or what it is if nothing is said.
    mutating func take<Value: JsonValue>(_ name: String, else missing: Value) throws -> Value {
        try rest.removeValue(forKey: name).map { try Value(json: $0) } ?? missing
    }

    /// A member as it stands; `null` is one.
    mutating func takeIfGiven(_ name: String) throws -> Json? {
        rest.removeValue(forKey: name)
    }

    /// Refuses members that nobody took.
    func finish() throws {
        guard rest.isEmpty else { throw Misspelt("\(of) has no \(rest.keys.sorted().joined(separator: ", "))") }
    }
}
