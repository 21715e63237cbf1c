import Foundation
import Prm
import Testing

@Suite struct Errors {
    private func info(_ kind: PrmErrorKind) -> ErrorInfo {
        ErrorInfo(
            code: kind.rawValue, detail: "what happened", advice: "What to do.", retry: .never, field: nil,
            expected: nil,
            found: nil, table: nil, key: nil)
    }

    @Test func everyKindHasACaseOfItsOwn() {
        let errors = PrmErrorKind.allCases.map { PrmError($0, info($0)) }
        #expect(errors.count == 24)
        #expect(Set(errors).count == errors.count)
        for (kind, error) in zip(PrmErrorKind.allCases, errors) {
            #expect(error.kind == kind)
            #expect(error.info.code == kind.rawValue)
            // The name of the case is that of the kind.
            let name = String(describing: Mirror(reflecting: error).children.first?.label ?? "")
            #expect(name.lowercased() == kind.rawValue.replacingOccurrences(of: "_", with: ""))
        }
    }

    @Test func everyKindCrossesFromTheLibrary() throws {
        for kind in PrmErrorKind.allCases {
            let error = try refused { try failWith(code: kind.rawValue) }
            #expect(error.kind == kind && error.info.code == kind.rawValue)
        }
        #expect(try refused { try failWith(code: "no such kind") }.kind == .invalid)
    }

    @Test func aDefectOfTheLibraryIsAnErrorAndTheStoreGoesOn() throws {
        let session = try administrator(of: memory())
        do {
            try rehearseDefect()
            Issue.record("a panic went unnoticed")
        } catch {
            #expect(!(error is PrmError))
        }
        #expect(try session.upkeep.stats().patients == 0)
    }

    @Test func anErrorReadsAsASentence() {
        let error = PrmError.NotFound(info: info(.notFound))
        #expect("\(error)" == "what happened")
        #expect(error.localizedDescription == "what happened")
        #expect((error as any LocalizedError).recoverySuggestion == "What to do.")
    }

    @Test func anErrorSaysWhatToCorrect() throws {
        let session = try administrator(of: memory())
        let ana = try session.people.add(Patient())
        let conflict = try refused {
            try session.people.edit(ana, version: 7, patient: Patient())
        }
        #expect(conflict.kind == .conflict)
        #expect(conflict.info.expected == 7 && conflict.info.found == 1)
        #expect(conflict.info.retry == .afterReload)
        let invalid = try refused { try session.people.list(Page(limit: 0)) }
        #expect(invalid.kind == .invalid && invalid.info.field == "page.limit")
        guard case .NotFound = try refused({ try session.chart.entry(EntryId(UUID())) })
        else {
            Issue.record("an entry that is not there was found, or failed otherwise")
            return
        }
    }

    @Test func aValueThatTheLibraryRefusesIsAnError() throws {
        let session = try administrator(of: memory())
        let error = try refused {
            try session.people.add(Patient(birthDate: .inYear(0)))
        }
        #expect(error.kind == .invalid)
    }
}
