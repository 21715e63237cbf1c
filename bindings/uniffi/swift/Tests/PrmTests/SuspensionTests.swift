import Foundation
import Prm
import Testing

@Suite struct Suspension {
    @Test func aSuspendedStoreLetsGoAndGoesOn() async throws {
        try await withFolder { folder in
            let path = folder.appendingPathComponent("clinic.prm").path
            let made = try await Prm.create(at: path, options: options(), founder: .system(name: "setup"))
            let session = try administrator(of: made)
            let changes = try session.changes()
            let ana = try await session.people.add(Patient())

            try await made.prm.suspend()
            let busy = try await refused { try await session.people.patient(ana) }
            #expect(busy.kind == .busy && busy.info.retry == .later)
            let other = try await Prm.open(at: path, options: options())
            let held = try await refused { try await made.prm.resume(.raw(bytes: Data(repeating: 7, count: 32))) }
            #expect(held.kind == .alreadyOpen)
            try other.shutDown()

            let wrong = try await refused { try await made.prm.resume(.raw(bytes: Data(repeating: 8, count: 32))) }
            #expect(wrong.kind == .wrongKey)
            try await made.prm.resume(.raw(bytes: Data(repeating: 7, count: 32)))
            #expect(try await session.people.patient(ana).version == 1)
            var reader = changes.makeAsyncIterator()
            guard case .changed(let notice)? = try await reader.next() else {
                Issue.record("nothing was heard")
                return
            }
            #expect(notice.id.uuid == ana.uuid)
            try made.prm.shutDown()
        }
    }

    @Test func aStoreInMemoryCannotBeSuspended() async throws {
        let prm = try memory().prm
        #expect(try await refused { try await prm.suspend() }.kind == .unsupported)
    }

    @Test func filesThatStayOutOfBackupsAreNamed() throws {
        try withFolder { folder in
            let path = folder.appendingPathComponent("clinic.prm")
            let made = try Prm.create(at: path.path, options: options(), founder: .system(name: "setup"))
            try made.prm.shutDown()
            let found = try FileManager.default.contentsOfDirectory(atPath: path.path)
            #expect(!found.isEmpty && Set(found).isSubset(of: Set(Prm.files.map(\.name))))
            #expect(Prm.files.contains { !$0.mayBeBackedUp })
        }
    }
}
