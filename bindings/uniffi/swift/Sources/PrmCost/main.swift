// Prints what a call from Swift costs: the crossing alone, a read, a page and its rows, a durable write, an import.
import Foundation
import Prm

/// Median time of `rounds` rounds of `count` calls, in microseconds a call.
func median(of count: Int, rounds: Int = 7, _ call: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let times = try (0..<rounds).map { _ in
        try clock.measure {
            for _ in 0..<count { try call() }
        }
    }
    let parts = times.sorted()[rounds / 2].components
    return (Double(parts.seconds) * 1e6 + Double(parts.attoseconds) / 1e12) / Double(count)
}

func report(_ what: String, _ microseconds: Double) {
    let number = String(format: "%.1f", microseconds)
    print("\(what.padding(toLength: 44, withPad: " ", startingAt: 0)) \(number) µs")
}

let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(at: folder) }

let options = OpenOptions(key: try .raw(bytes: Data(repeating: 7, count: 32)))
let path = folder.appendingPathComponent("clinic.prm").path
let made = try Prm.create(at: path, options: options, founder: .system(name: "cost"))
let session = try made.prm.session(actor: Actor(who: made.administrator), purpose: .operations)

let name = HumanName(family: "Ortiz", given: ["Ana"])
let ana = try session.people.add(Patient(names: [name], birthDate: PartialDate("1987-04")))

/// A blood pressure so many hours after the beginning of 2020.
func reading(_ hour: Int64) -> ChartEntry {
    let at = OffsetTime(Instant(seconds: 1_577_836_800 + hour * 3600)!, offset: 0)!
    let part = { (code: String, value: ExactDecimal) in
        Component(
            code: Concept(codings: [Coding(system: "http://loinc.org", code: code)]),
            value: .quantity(Quantity(value: value, unit: "mm[Hg]")))
    }
    return ChartEntry(
        kind: .observation, when: .at(at), status: .final,
        code: Concept(codings: [Coding(system: "http://loinc.org", code: "85354-9", display: "Blood pressure")]),
        components: [part("8480-6", ExactDecimal("128.0")!), part("8462-4", 82)])
}

for start in stride(from: Int64(0), to: 1000, by: 100) {
    let commands = (start..<start + 100).map { Command.addEntry(patient: ana, entry: reading($0)) }
    _ = try session.execute(batch: Batch(commands: commands))
}

let query = TimelineQuery()
report("a call that only crosses (session.id)", median(of: 10_000) { _ = session.id() })
report("a patient, read", try median(of: 2000) { _ = try session.people.patient(ana) })
report("a list of one patient", try median(of: 500) { _ = try session.people.list(Page(limit: 20)) })
let twenty = try median(of: 500) { _ = try session.chart.timeline(ana, query: query, page: Page(limit: 20)) }
report("a page of 20 entries", twenty)
let thousand = try median(of: 5) { _ = try session.chart.timeline(ana, query: query, page: Page(limit: 1000)) }
report("a page of 1,000 entries, each entry", thousand / 1000)
report("one entry added, durable", try median(of: 20) { _ = try session.chart.add(ana, entry: reading(2000)) })
try made.prm.shutDown()
