import Foundation
import Prm

/// Steps of a scenario file, played one after another. `tests/scenarios/SCHEMA.md` says what they mean.
final class Stage {
    private let folder: URL
    private let clock: ManualClock
    private var prm: Prm
    private var names = Names()
    private var sessions: [String: Session] = [:]
    private var subscriptions: [String: Subscription] = [:]

    /// Plays every step; tells how many there were.
    static func play(_ scenario: Json) throws -> Int {
        var members = try Members(scenario, of: "the scenario")
        let _: String = try members.take("$schema")
        let _: String = try members.take("title")
        let stage = try Stage(&members)
        defer { try? FileManager.default.removeItem(at: stage.folder) }
        let steps: [Step] = try members.take("steps")
        try members.finish()
        guard !steps.isEmpty else { throw Misspelt("there are no steps") }
        for (number, step) in steps.enumerated() {
            do {
                try stage.play(step)
            } catch {
                throw Misspelt("step \(number + 1) of \(steps.count): \(error)")
            }
        }
        return steps.count
    }

    private init(_ scenario: inout Members) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        clock = ManualClock(now: try scenario.take("clock"))
        let seed: UInt64 = try scenario.take("seed")
        let founder: Founder =
            switch try (scenario.take("founder") as Json).variant() {
            case ("practitioner", let practitioner?): .practitioner(practitioner: try Practitioner(json: practitioner))
            case ("system", .text(let name)?): .system(name: name)
            case (let other, _): throw Misspelt("there is no founder \(other)")
            }
        let created = try Prm.create(
            at: folder.appendingPathComponent("clinic.prm").path, options: Stage.options(clock, seed), founder: founder)
        prm = created.prm
        if case .practitioner(let id) = created.administrator { try names.bind("$founder", id.json) }
        let ids: Json = try scenario.take("ids", else: .object([:]))
        guard case .object(let given) = ids else { throw Misspelt("ids is no object") }
        for (name, id) in given { try names.bind(name, id) }
    }

    private static func options(_ clock: ManualClock, _ seed: UInt64) throws -> OpenOptions {
        OpenOptions(key: try .raw(bytes: Data(repeating: 7, count: 32)), clock: clock, seed: seed)
    }

    private func play(_ step: Step) throws {
        var members = step.members
        switch step.name {
        case "clock":
            clock.set(now: try Instant(json: step.content))
            return
        case "session":
            try begin(&members)
        case "execute":
            let session = try session(&members)
            let id: BatchId? = try names.putIn(members.take("batch", else: .nothing)).native()
            let commands: [Command] = try names.putIn(members.take("commands")).native()
            try compare(&members) { try session.execute(batch: Batch(id: id, commands: commands)).json }
        case "read":
            let name: String = try members.take("call")
            let arguments = try names.putIn(members.take("args", else: .object([:])))
            if name.hasPrefix("reckon.") {
                try compare(&members) { try reckon(name, arguments, by: Reckoner()) }
                break
            }
            let session = try session(&members)
            try compare(&members) {
                try fhirCall(name, arguments, in: session) ?? call(name, arguments, in: session)
            }
        case "subscribe":
            let session = try session(&members)
            subscriptions[try members.take("name")] = try session.subscribe(after: members.take("after", else: nil))
        case "hear":
            let name: String = try members.take("on")
            guard let subscription = subscriptions[name] else { throw Misspelt("there is no subscription \(name)") }
            try compare(&members) {
                var heard: [Event] = []
                while let event = try subscription.next(atMost: 0) { heard.append(event) }
                return heard.json
            }
        case "shut_down":
            try prm.shutDown()
        case "open":
            (sessions, subscriptions) = ([:], [:])
            let options = try Stage.options(clock, members.take("seed"))
            prm = try Prm.open(at: folder.appendingPathComponent("clinic.prm").path, options: options)
        default:
            throw Misspelt("there is no step \(step.name)")
        }
        try members.finish()
    }

    private func session(_ members: inout Members) throws -> Session {
        let name: String = try members.take("as")
        guard let session = sessions[name] else { throw Misspelt("there is no session \(name)") }
        return session
    }

    private func begin(_ members: inout Members) throws {
        let name: String = try members.take("name")
        let actor = Actor(
            who: try names.putIn(members.take("who")).native(),
            onBehalfOf: try names.putIn(members.take("on_behalf_of", else: .nothing)).native(),
            app: try members.take("app", else: nil),
            device: try members.take("device", else: nil))
        let session = try prm.session(actor: actor, purpose: try members.take("purpose"))
        if let bound: String = try members.take("bind", else: nil) { try names.bind(bound, session.id().json) }
        sessions[name] = session
    }

    private func compare(_ members: inout Members, _ made: () throws -> Json) throws {
        let bound: Json = try members.take("bind", else: .object([:]))
        let whole = try members.takeIfGiven("expect")
        let part = try members.takeIfGiven("expect_part")
        let error = try members.takeIfGiven("error")
        guard [whole, part, error].compactMap({ $0 }).count == 1 else {
            throw Misspelt("a step states one of expect, expect_part and error")
        }
        let answer: Json
        do {
            answer = try made()
        } catch let found as PrmError {
            guard let error else { throw found }
            try Expectation.check(error, found)
            return
        }
        if let error { throw Misspelt("expected \(error)\n   found \(answer)") }
        guard case .object(let pointers) = bound else { throw Misspelt("bind is no object") }
        for (name, pointer) in pointers {
            guard let part = answer.at(try String(json: pointer)) else { throw Misspelt("\(name): nothing there") }
            try names.bind(name, part)
        }
        let expected = try names.putIn(whole ?? part ?? .nothing)
        let holds = whole == nil ? Expectation.holds(expected, in: answer) : Expectation.isSame(expected, answer)
        guard holds else { throw Misspelt("expected \(expected)\n   found \(names.takeOut(answer))") }
    }
}

/// A step: its name, and its members if it has any.
struct Step: JsonValue {
    let name: String
    let content: Json

    init(json: Json) throws {
        guard case (let name, let content?) = try json.variant() else { throw Misspelt("a step has a content") }
        (self.name, self.content) = (name, content)
    }

    var json: Json { .object([name: content]) }

    var members: Members { (try? Members(content, of: name)) ?? Members(none: name) }
}

extension Json: JsonValue {
    init(json: Json) { self = json }
    var json: Json { self }

    /// The native value it stands for.
    func native<Value: JsonValue>() throws -> Value { try Value(json: self) }
}

/// The calls of FHIR as scenarios name them, which take and give text.
private func fhirCall(_ name: String, _ arguments: Json, in session: Session) throws -> Json? {
    guard name.hasPrefix("fhir.") else { return nil }
    var members = try Members(arguments, of: name)
    switch name {
    case "fhir.import":
        let what: FhirImport = try members.take("what")
        let text: String = try members.take("text")
        try members.finish()
        return try session.fhir.importText(what, text: text).json
    case "fhir.export":
        let patient: PatientId = try members.take("patient")
        let format: ExportFormat = try members.take("format")
        try members.finish()
        let exported = try session.fhir.exportText(patient, format: format)
        return .object(["report": exported.report.json, "text": exported.text.json])
    case "fhir.resource":
        let id: RecordId = try members.take("id")
        try members.finish()
        return try session.fhir.resource(id).json
    default:
        return nil
    }
}
