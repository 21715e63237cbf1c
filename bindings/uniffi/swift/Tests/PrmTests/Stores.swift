import Foundation
import Prm

/// A store in memory, administered by the program `setup`.
func memory() throws -> Created {
    try Prm.openMemory(options: options(), founder: .system(name: "setup"))
}

/// A raw key and otherwise defaults.
func options(clock: ManualClock? = nil) throws -> OpenOptions {
    OpenOptions(key: try .raw(bytes: Data(repeating: 7, count: 32)), clock: clock)
}

/// The session of the administrator.
func administrator(of made: Created) throws -> Session {
    try made.prm.session(actor: Actor(who: made.administrator), purpose: .operations)
}

/// A folder of its own that is gone afterwards.
func withFolder<Answer>(_ body: (URL) throws -> Answer) throws -> Answer {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
}

/// The same for what is awaited.
func withFolder<Answer>(_ body: (URL) async throws -> Answer) async throws -> Answer {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}

/// The error of a call that must be refused.
func refused<Answer>(_ call: () throws -> Answer) throws -> PrmError {
    do {
        _ = try call()
    } catch let error as PrmError {
        return error
    }
    throw Misspelt("it was not refused")
}

/// The same for what is awaited.
func refused<Answer>(_ call: () async throws -> Answer) async throws -> PrmError {
    do {
        _ = try await call()
    } catch let error as PrmError {
        return error
    }
    throw Misspelt("it was not refused")
}

/// A FHIR bundle of so many patients.
func bundle(of count: Int) -> String {
    let patients = (0..<count).map { number in
        #"{"resource":{"resourceType":"Patient","id":"p\#(number)","name":[{"family":"Ortiz\#(number)"}]}}"#
    }
    return #"{"resourceType":"Bundle","type":"collection","entry":[\#(patients.joined(separator: ","))]}"#
}
