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

/// Texts that print: they say what, not who, or name an institution or a program.
private let prints: [String: String] = [
    "Coding.system": "code systems are public",
    "Coding.code": "a code says what, not who",
    "Coding.display": "the text of a code",
    "ChartEntry.status_code": "a code of the source",
    "EntryKind.other": "a kind this version does not know is a code",
    "EntryStatus.other": "as above",
    "Gender.other": "as above",
    "SexForClinicalUse.other": "as above",
    "Authority.other": "as above",
    "ProxyScope.other": "as above",
    "ContactSystem.other": "as above",
    "ContactUse.other": "as above",
    "IdentifierUse.other": "as above",
    "NameUse.other": "as above",
    "RecordKind.other": "as above",
    "Purpose.other": "as above",
    "Role.other": "as above",
    "Comparator.other": "as above",
    "Identifier.system": "the system of an identifier is public, its value is not",
    "PatientSearch.identifier_system": "as above",
    "Quantity.unit": "a unit of measure",
    "Quantity.system": "the system of units",
    "Quantity.code": "the code of a unit",
    "Series.unit": "a unit of measure",
    "Organisation.name": "the name of an institution",
    "CareTeam.name": "the name of a team",
    "Link.role": "the path of an element",
    "Origin.source": "the name of a system",
    "Who.System": "the name of a program",
    "Actor.app": "the name of a program",
    "Actor.device": "the name of a device",
    "FhirImport.source": "the name of a system",
    "Salvaged.lost": "tables and keys",
    "CheckReport.problems": "tables and keys",
    "Stats.zones": "the version of the zones",
    "StoreFile.name": "the name of a file of any store",
    "StoreFile.holds": "what such a file holds",
    "TableRows.table": "the name of a table",
    "TypeReport.kind": "the name of a type of resources",
    "NoteReport.kind": "the name of a type of resources",
    "NoteReport.path": "the path of an element",
    "NoteReport.reason": "a sentence of the library",
    "RefusedRecord.reason": "a sentence of the library",
]

@Suite struct Redaction {
    @Test func noTextOfARecordPrintsButWhatSaysNothingOfAPerson() {
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
        #expect(found.subtracting(prints.keys).sorted() == [], "these print")
        #expect(Set(prints.keys).subtracting(found).sorted() == [], "these do not print, or are not there")
    }

    @Test func keysCursorsAndSensitiveTextDoNotPrint() throws {
        let key = Key.passphrase(text: "mark words mark")
        #expect(!shown(key).contains("words"))
        #expect(!shown(OpenOptions(key: key)).contains("words"))
        #expect(!shown(OpenOptions(key: try .raw(bytes: Data(repeating: 171, count: 32)))).contains("171"))
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
