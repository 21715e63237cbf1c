import Foundation
import Prm
import Testing

/// A value with a mark in every text.
protocol Sampled {
    /// One of a record, one for each variant of a choice.
    static func samples(_ marks: Marks) -> [Self]
}

/// Marks, and where they stand.
final class Marks {
    private(set) var places: [String: String] = [:]

    func mark(_ place: String) -> String {
        let mark = "mark\(places.count)mark"
        places[mark] = place
        return mark
    }
}

/// Everything that Swift prints of a value by itself.
func shown<Value>(_ value: Value) -> String {
    var dumped = ""
    dump(value, to: &dumped)
    return [
        "\(value)", String(describing: value), String(reflecting: value), String(describing: Optional(value)), dumped,
        String(describing: Mirror(reflecting: value).children.map(\.value)),
    ].joined(separator: "\n")
}

/// Texts that print, with the reason, as `bindings/prints.txt` lists them.
private func prints() throws -> Set<String> {
    let list = try String(contentsOf: project.appendingPathComponent("bindings/prints.txt"), encoding: .utf8)
    let lines = list.split(separator: "\n").filter { !$0.hasPrefix("#") }
    return Set(lines.map { String($0[..<($0.range(of: ": ")?.lowerBound ?? $0.endIndex)]).replacing("::", with: ".") })
}

@Suite struct Redaction {
    @Test func noTextOfARecordPrintsButWhatSaysNothingOfAPerson() throws {
        var (seen, found) = (0, Set<String>())
        for type in everySampled {
            let marks = Marks()
            func look<Value: Sampled>(_ type: Value.Type) -> String {
                Value.samples(marks).map(shown).joined(separator: "\n")
            }
            let text = look(type)
            seen += marks.places.count
            found.formUnion(marks.places.filter { text.contains($0.key) }.values)
        }
        #expect(everySampled.count > 70, "only \(everySampled.count) types")
        #expect(seen > 1000, "only \(seen) texts were marked")
        // A code that this version does not know says what, not who.
        let (codes, texts) = (found.filter { $0.hasSuffix(".other") }, found.filter { !$0.hasSuffix(".other") })
        #expect(codes.count > 10)
        #expect(texts.subtracting(try prints()).sorted() == [], "these print")
        #expect(try prints().subtracting(texts).sorted() == [], "these do not print, or are not there")
    }

    @Test func keysCursorsAndSensitiveTextDoNotPrint() throws {
        let key = Key.passphrase(text: "mark words mark")
        #expect(!shown(key).contains("words"))
        #expect(!shown(OpenOptions(key: key)).contains("words"))
        // Two bytes in a row: the address of an object may hold the digits of one.
        #expect(!shown(OpenOptions(key: try .raw(bytes: Data(repeating: 171, count: 32)))).contains("171, 171"))
        #expect(!shown(Cursor("mark")).contains("mark"))
        #expect(
            !shown(Founder.practitioner(practitioner: Practitioner(names: [HumanName(text: "mark")]))).contains("mark"))
        #expect(
            !shown(Exported(report: try #require(ExportReport.samples(Marks()).first), text: "mark")).contains("mark"))
    }

    @Test func noErrorTellsContent() throws {
        let made = try memory()
        let admin = try made.prm.session(actor: Actor(who: made.administrator), purpose: .operations)
        let nobody = try made.prm.session(actor: Actor(who: .system("nobody")), purpose: .operations)
        let long = Sensitive(String(repeating: "mark", count: 100_000))
        let name = HumanName(family: "mark")
        let ana = try admin.people.add(Patient(names: [name]))
        let entry = ChartEntry(kind: .other("mark mark"), status: .final, title: "mark")
        let titled = { (title: Sensitive) in ChartEntry(kind: .goal, status: .active, title: title) }
        let calls: [() throws -> Void] = [
            { _ = try nobody.people.add(Patient(names: [name])) },
            { _ = try nobody.chart.add(ana, entry: titled("mark")) },
            { _ = try admin.chart.add(ana, entry: entry) },
            { _ = try admin.chart.add(ana, entry: titled(long)) },
            { _ = try admin.people.edit(ana, version: 9, patient: Patient(names: [name])) },
            { _ = try admin.people.add(Patient(names: [HumanName(family: long)])) },
            { _ = try admin.people.search(PatientSearch(phone: "mark"), limit: 5) },
            { _ = try admin.people.search(PatientSearch(name: " "), limit: 5) },
            { _ = try admin.people.list(Page(limit: 1, after: Cursor("mark"))) },
            { _ = try admin.execute(.addPatient(id: ana, patient: Patient(names: [name]))) },
            { _ = try admin.fhir.importText(FhirImport(source: " "), text: "mark") },
        ]
        var kinds: Set<PrmErrorKind> = []
        for call in calls {
            let error = try refused { try call() }
            kinds.insert(error.kind)
            #expect(!(shown(error) + error.localizedDescription).contains("mark"), "\(error)")
        }
        #expect(kinds.count >= 3, "\(kinds)")
    }
}
