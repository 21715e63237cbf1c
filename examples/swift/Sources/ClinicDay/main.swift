// A day at a clinic: makes an encrypted store, imports the records of synthetic patients, finds one by a misspelt name,
// pages through their journey, edits, follows what is committed, and draws.
//
//     swift run ClinicDay <folder of FHIR bundles> <folder for the store and the page>
//
// Each step checks its own result; the program fails if one is wrong.
import Foundation
import Prm

struct Wrong: Error, CustomStringConvertible {
    let description: String
}

func check(_ holds: Bool, _ what: String) throws {
    if !holds { throw Wrong(description: what) }
}

/// Ids and cursors may be printed. Names may not, unless someone answers for it: `exposed`.
func run(bundles: URL, folder: URL) async throws {
    // The key would come from the keychain; see Samples/KeychainKey.swift of the package.
    let key = try Key.raw(bytes: Data((0..<32).map { _ in UInt8.random(in: .min ... .max) }))
    let path = folder.appendingPathComponent("clinic.prm").path
    let made = try await Prm.create(at: path, options: OpenOptions(key: key), founder: .system(name: "clinic-day"))
    let desk = try made.prm.session(actor: Actor(who: made.administrator, app: "clinic-day"), purpose: .operations)
    print("Made an encrypted store in \(path).")

    let clinic = try await desk.people.addOrganisation(Organisation(name: "Hillside Clinic"))
    let doctor = try await desk.people.addPractitioner(
        Practitioner(names: [HumanName(family: "Sandoval", given: ["Mira"])], organisations: [clinic]))

    let what = FhirImport(source: "synthea", managingOrganisation: clinic)
    let files = try FileManager.default.contentsOfDirectory(at: bundles, includingPropertiesForKeys: nil)
        .filter { $0.pathExtension == "json" }
    try check(!files.isEmpty, "there are no bundles in \(bundles.path)")
    for file in files {
        let report = try await desk.fhir.importFile(what, path: file.path)
        try check(report.refusedCount == 0, "\(report.refusedCount) records were refused")
    }
    let all = try await desk.people.list(Page(limit: 100)).patients
    print("Imported \(files.count) bundles: \(all.count) patients.")
    try check(all.count == files.count, "there are \(all.count) patients")

    let treating = try made.prm.session(
        actor: Actor(who: .practitioner(doctor), app: "clinic-day"), purpose: .treatment)
    let hits = try await treating.people.search(PatientSearch(text: "jutson eichman"), limit: 5)
    guard let hit = hits.first, hit.patient.name.exposed.contains("Eichmann") else {
        throw Wrong(description: "the patient was not found")
    }
    let patient = hit.patient.id
    print("Found \(patient) by a misspelt name: \(hit.reason). Their name prints as \(hit.patient.name).")

    // The journey, twenty entries at a time.
    var (page, entries): (Page?, [EntryView]) = (Page(limit: 20), [])
    while let next = page {
        let part = try await treating.chart.timeline(patient, query: TimelineQuery(), page: next)
        entries += part.entries
        page = part.next.map { Page(limit: 20, after: $0) }
    }
    try check(entries.count > 20 && Set(entries.map(\.id)).count == entries.count, "the pages do not add up")
    print(
        "Their journey has \(entries.count) entries, from \(entries.last?.entry.when?.description ?? "the start") on.")

    // Someone follows along while a blood pressure is added and amended.
    let changes = try treating.changes()
    let reader = Task {
        var heard: [Notice] = []
        for try await event in changes {
            if case .changed(let notice) = event { heard.append(notice) }
            if heard.count == 2 { break }
        }
        return heard
    }
    let reading = bloodPressure("128", "82.0", at: OffsetTime(Date(), in: .current))
    let entry = try await treating.chart.add(patient, entry: reading)
    let amended = reading.with(note: "after a walk")
    let version = try await treating.chart.edit(entry, version: 1, entry: amended)
    try check(version == 2, "the edit gave version \(version)")
    let heard = try await reader.value
    try check(
        heard.map(\.version) == [1, 2] && heard.allSatisfy { $0.id.uuid == entry.uuid }, "the changes were not heard")
    print("Added and amended \(entry); both changes were heard.")

    // An edit made on an older version is refused, and says so.
    do {
        _ = try await treating.chart.edit(entry, version: 1, entry: reading)
        throw Wrong(description: "an edit of an old version went through")
    } catch let error as PrmError where error.kind == .conflict {
        print("An edit of an older version is refused: \(error)")
    }

    let html = try await treating.chart.pageHtml(patient, zone: "Europe/Berlin", trends: [])
    let svg = try await treating.chart.journeySvg(patient, zone: "Europe/Berlin")
    try check(svg.hasPrefix("<svg") && html.contains("<svg"), "nothing was drawn")
    let file = folder.appendingPathComponent("clinic-day.html")
    try html.write(to: file, atomically: true, encoding: .utf8)
    print("Drew \(file.path) (\(html.utf8.count / 1024) KB).")

    let own = try made.prm.session(actor: Actor(who: .patient(patient), app: "clinic-day"), purpose: .patientRequest)
    let looked = try await own.govern.accesses(patient, page: Page(limit: 100)).accesses
    try check(looked.contains { $0.who == .practitioner(doctor) && $0.permitted }, "the doctor's look is not on record")
    print("The patient may ask who looked: \(looked.count) accesses are on record.")
    try made.prm.shutDown()
}

/// A blood pressure with its two parts, in millimetres of mercury.
func bloodPressure(_ systolic: String, _ diastolic: String, at time: OffsetTime) -> ChartEntry {
    let loinc = { (code: String, display: String) in
        Concept(codings: [Coding(system: "http://loinc.org", code: code, display: display)])
    }
    let pressure = { (value: String) in
        EntryValue.quantity(
            Quantity(
                value: ExactDecimal(value) ?? 0, unit: "mm[Hg]", system: "http://unitsofmeasure.org", code: "mm[Hg]"))
    }
    return ChartEntry(
        kind: .observation, when: .at(time), status: .final, code: loinc("85354-9", "Blood pressure"),
        components: [
            Component(code: loinc("8480-6", "Systolic"), value: pressure(systolic)),
            Component(code: loinc("8462-4", "Diastolic"), value: pressure(diastolic)),
        ])
}

let arguments = CommandLine.arguments
guard arguments.count == 3 else {
    print("usage: ClinicDay <folder of FHIR bundles> <folder for the store and the page>")
    exit(2)
}
do {
    try await run(bundles: URL(fileURLWithPath: arguments[1]), folder: URL(fileURLWithPath: arguments[2]))
} catch {
    print("clinic-day: \(error)")
    if let error = error as? PrmError { print("  what to do: \(error.info.advice)") }
    exit(1)
}
