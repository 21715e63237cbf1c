import Foundation

/// A decimal number as it was written: `1.50` stays `1.50` and equals only itself.
///
/// It is no `Foundation.Decimal`, which drops trailing zeros; ``decimal`` is one, for arithmetic.
///
/// ```swift
/// let weight = ExactDecimal("71.50")!
/// print(weight, weight.decimal)  // 71.50 71.5
/// ```
public struct ExactDecimal: WrittenAsText {
    /// The digits as they came.
    public let description: String

    /// Reads a number written as in JSON, of 64 characters at most; nothing if it is written otherwise.
    public init?(_ text: String) {
        var reader = TextReader(text)
        guard text.utf8.count <= 64 else { return nil }
        _ = reader.take("-")
        let zero = reader.next == UInt8(ascii: "0")
        guard let whole = reader.someDigits(), whole.count == 1 || !zero else { return nil }
        if reader.take(".") {
            guard reader.someDigits() != nil else { return nil }
        }
        if reader.take("e") || reader.take("E") {
            _ = reader.take("+") || reader.take("-")
            guard let exponent = reader.someDigits(), exponent.count <= 9 else { return nil }
        }
        guard reader.isAtEnd else { return nil }
        description = text
    }

    /// A whole number.
    public init(_ number: Int) {
        description = String(number)
    }

    /// The number for arithmetic; not a number if its exponent is beyond what Foundation holds.
    public var decimal: Decimal {
        Decimal(string: description, locale: Locale(identifier: "en_US_POSIX")) ?? .nan
    }

    /// The nearest binary floating-point number.
    public var double: Double { Double(description) ?? .nan }

    /// Whether both stand for the same number.
    public func hasValue(of other: ExactDecimal) -> Bool { decimal == other.decimal }
}

extension ExactDecimal: ExpressibleByIntegerLiteral {
    /// A whole number that stands in the code.
    public init(integerLiteral number: Int) {
        self.init(number)
    }
}
