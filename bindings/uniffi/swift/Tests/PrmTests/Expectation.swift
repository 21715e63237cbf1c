import Prm

/// Names that steps give to ids and cursors, so that other steps can refer to them.
struct Names {
    private var values: [String: Json] = [:]

    /// Gives a value a name. A name stands for one value in the whole scenario.
    mutating func bind(_ name: String, _ value: Json) throws {
        guard name.hasPrefix("$") else { throw Misspelt("\(name): a name begins with $") }
        guard case .text = value else { throw Misspelt("\(name) would stand for \(value), which is no text") }
        guard values.updateValue(value, forKey: name) == nil else {
            throw Misspelt("\(name) stands for something already")
        }
    }

    /// The value with every text that is a name replaced by what it stands for, and every `$repeat` by its text.
    func putIn(_ value: Json) throws -> Json {
        switch value {
        case .text(let name) where name.hasPrefix("$"):
            guard let stands = values[name] else { throw Misspelt("\(name) stands for nothing yet") }
            return stands
        case .list(let items): return .list(try items.map(putIn))
        case .object(let members) where members["$repeat"] != nil: return .text(try Names.repeated(value))
        case .object(let members): return .object(try members.mapValues(putIn))
        default: return value
        }
    }

    /// `{"$repeat": {"text": "ab", "times": 2, "before": "x", "after": "y"}}` is `xababy`.
    private static func repeated(_ value: Json) throws -> String {
        var outer = try Members(value, of: "a long text")
        var members = try Members(outer.take("$repeat"), of: "$repeat")
        try outer.finish()
        let (text, times): (String, UInt32) = (try members.take("text"), try members.take("times"))
        let (before, after): (String, String) = (
            try members.take("before", else: ""), try members.take("after", else: "")
        )
        try members.finish()
        return before + String(repeating: text, count: Int(times)) + after
    }

    /// The value as a scenario would write it.
    func takeOut(_ value: Json) -> Json {
        switch value {
        case .text: values.first { $0.value == value }.map { .text($0.key) } ?? value
        case .list(let items): .list(items.map(takeOut))
        case .object(let members): .object(members.mapValues(takeOut))
        default: value
        }
    }
}

/// Comparing answers with what a scenario expects.
enum Expectation {
    /// Whether every member that is expected is there with its value; lists must agree in length and order. A member that
    /// is `null` or an empty list is the same as none.
    static func holds(_ part: Json, in whole: Json) -> Bool {
        switch (part, whole) {
        case (.object(let part), .object(let whole)):
            part.allSatisfy { key, expected in
                let found = whole[key] ?? .nothing
                return isNothing(expected) && isNothing(found) || holds(expected, in: found)
            }
        case (.list(let part), .list(let whole)):
            part.count == whole.count && zip(part, whole).allSatisfy { holds($0, in: $1) }
        default: part == whole
        }
    }

    /// Whether both say the same: all that is expected is there, and nothing else.
    static func isSame(_ expected: Json, _ found: Json) -> Bool {
        holds(expected, in: found) && holds(found, in: expected)
    }

    private static func isNothing(_ member: Json) -> Bool { member == .nothing || member == .list([]) }

    /// Fails unless an error is the one expected, by code, and by versions and field if they are stated.
    static func check(_ expected: Json, _ found: PrmError) throws {
        var members = try Members(expected, of: "error")
        let code: String = try members.take("code")
        let versions = try members.takeIfGiven("versions")
        let field: String? = try members.take("field", else: nil)
        try members.finish()
        let told = Json.object(["expected": found.info.expected.json, "found": found.info.found.json])
        let agrees =
            code == found.info.code && (versions ?? told) == told && (field == nil || field == found.info.field)
        guard agrees else { throw Misspelt("expected \(expected)\n   found \(found.info)") }
    }
}
