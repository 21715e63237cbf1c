import Foundation
import Prm
import Testing

@Suite struct Handles {
    @Test func aSecondOpenerIsTold() throws {
        try withFolder { folder in
            let path = folder.appendingPathComponent("clinic.prm").path
            let made = try Prm.create(at: path, options: options(), founder: .system(name: "setup"))
            let error = try refused { try Prm.open(at: path, options: options()) }
            #expect(error.kind == .alreadyOpen && error.info.retry == .later)
            try made.prm.shutDown()
            try Prm.open(at: path, options: options()).shutDown()
        }
    }

    @Test func aForgottenHandleLetsGoOfTheStore() throws {
        try withFolder { folder in
            let path = folder.appendingPathComponent("clinic.prm").path
            do {
                let made = try Prm.create(at: path, options: options(), founder: .system(name: "setup"))
                let session = try administrator(of: made)
                _ = try session.people.add(Patient())
                _ = try session.changes()
            }
            let prm = try Prm.open(at: path, options: options())
            let session = try prm.session(actor: Actor(who: .system("setup")), purpose: .operations)
            #expect(try session.people.list(Page(limit: 5)).patients.count == 1)
            try prm.shutDown()
        }
    }

    @Test func aCallAfterTheShutDownIsRefused() throws {
        let made = try memory()
        let session = try administrator(of: made)
        try made.prm.shutDown()
        let error = try refused { try session.people.list(Page(limit: 5)) }
        #expect(error.kind == .closed)
    }

    @Test func aWrongKeyIsTold() throws {
        try withFolder { folder in
            let path = folder.appendingPathComponent("clinic.prm").path
            try Prm.create(at: path, options: options(), founder: .system(name: "setup")).prm.shutDown()
            let wrong = OpenOptions(key: try .raw(bytes: Data(repeating: 8, count: 32)))
            #expect(try refused { try Prm.open(at: path, options: wrong) }.kind == .wrongKey)
            #expect(try refused { try Key.raw(bytes: Data(count: 31)) }.kind == .invalid)
        }
    }

    @Test func sixteenThreadsWriteAndRead() throws {
        let session = try administrator(of: memory())
        let (threads, each) = (16, 25)
        let done = DispatchGroup()
        let failed = Failures()
        for number in 0..<threads {
            done.enter()
            Thread.detachNewThread {
                defer { done.leave() }
                do {
                    for round in 0..<each {
                        let name = HumanName(family: Sensitive("Ortiz\(number)"), given: [Sensitive("R\(round)")])
                        let id = try session.people.add(Patient(names: [name]))
                        let found = try session.people.patient(id).patient.names
                        if found != [name] { failed.add("\(number) read another name") }
                    }
                } catch {
                    failed.add("\(number): \(error)")
                }
            }
        }
        done.wait()
        #expect(failed.all.isEmpty)
        #expect(try session.upkeep.stats().patients == UInt64(threads * each))
    }

    @Test func aZoneIsAskedForALocalTime() throws {
        let prm = try memory().prm
        guard case .skipped = try prm.resolve(zone: "Europe/Berlin", local: "2026-03-29T02:30:00"),
            case .twice(let first, let second) = try prm.resolve(zone: "Europe/Berlin", local: "2026-10-25T02:30:00")
        else {
            Issue.record("Berlin has other clocks")
            return
        }
        #expect(second.seconds - first.seconds == 3600)
    }
}

/// What went wrong on threads.
private final class Failures: @unchecked Sendable {
    private let lock = NSLock()
    private var texts: [String] = []

    func add(_ text: String) {
        lock.withLock { texts.append(text) }
    }

    var all: [String] { lock.withLock { texts } }
}
