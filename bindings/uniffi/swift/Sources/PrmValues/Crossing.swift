/// What the library sent cannot be read: it is of another version than this package.
public struct UnreadableValue: Error, Hashable, Sendable, CustomStringConvertible {
    /// The type it was to become.
    public let type: String

    package init(_ type: Any.Type) {
        self.type = String(describing: type)
    }

    /// What happened, without the value.
    public var description: String { "the library sent no \(type); is it of the same version as this package?" }
}

/// A value that crosses to the library as text, and is written by the same text.
public protocol WrittenAsText: LosslessStringConvertible, Hashable, Sendable {
    /// Reads the text; nothing if it is not one of these.
    init?(_ text: String)

    /// The text.
    var description: String { get }
}

extension WrittenAsText {
    /// Reads what the library sent.
    package init(crossing text: String) throws {
        guard let value = Self(text) else { throw UnreadableValue(Self.self) }
        self = value
    }
}

/// Reads ASCII digits and marks from the left.
struct TextReader {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = Substring(text).utf8
    }

    /// Whether everything was read.
    var isAtEnd: Bool { rest.isEmpty }

    /// The next byte, not taken.
    var next: UInt8? { rest.first }

    /// Takes exactly `count` digits as a number.
    mutating func digits(_ count: Int) -> Int? {
        var number = 0
        for _ in 0..<count {
            guard let byte = rest.first, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
            rest = rest.dropFirst()
        }
        return number
    }

    /// Takes as many digits as there are; nothing if there are none.
    mutating func someDigits() -> [UInt8]? {
        let digits = Array(rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") })
        rest = rest.dropFirst(digits.count)
        return digits.isEmpty ? nil : digits
    }

    /// Takes `mark` if it is next.
    mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: mark) else { return false }
        rest = rest.dropFirst()
        return true
    }
}

/// A number with leading zeros.
func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
