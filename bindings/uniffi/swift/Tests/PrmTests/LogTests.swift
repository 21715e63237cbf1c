import Foundation
import Prm
import Testing

/// Throws at every line.
private final class Thrower: LogSink {
    struct Refused: Error {}

    func line(level: LogLevel, target: String, text: String) throws {
        throw Refused()
    }
}

@Suite struct Log {
    @Test func aSinkThatThrowsDisturbsNothing() throws {
        try setLogSink(level: .trace, sink: Thrower())
        let second = try #require(throws: PrmError.self) { try setLogSink(level: .trace, sink: Thrower()) }
        #expect(second.kind == .conflict)
        let session = try administrator(of: memory())
        while lostLogLines() == 0 { _ = try session.people.add(Patient()) }
        #expect(try session.people.list(Page(limit: 5)).patients.isEmpty == false)
    }
}
