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
        let second = try refused { try setLogSink(level: .trace, sink: Thrower()) }
        #expect(second.kind == .conflict)
        let session = try administrator(of: memory())
        _ = try session.people.add(Patient())
        // The first line tells that there is a sink, and is lost on this one.
        for _ in 0..<600 where lostLogLines() == 0 { Thread.sleep(forTimeInterval: 0.05) }
        #expect(lostLogLines() > 0)
        #expect(try session.people.list(Page(limit: 5)).patients.isEmpty == false)
    }
}
