import Foundation
import Prm
import Testing

@Suite struct Tasks {
    @Test func callsAreAwaited() async throws {
        let session = try administrator(of: memory())
        let ana = try await session.people.add(Patient(names: [HumanName(family: "Ortiz")]))
        #expect(try await session.people.patient(ana).version == 1)
        let error = try await refused { try await session.people.list(Page(limit: 0)) }
        #expect(error.kind == .invalid)
    }

    @Test func aCancelledTaskDoesNotBegin() async throws {
        let session = try administrator(of: memory())
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await session.people.add(Patient())
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await session.people.list(Page(limit: 5)).patients.isEmpty)
    }

    @Test func aCancelledTaskEndsItsImport() async throws {
        let session = try administrator(of: memory())
        let (count, progress) = (30_000, WorkProgress())
        let text = bundle(of: count)
        let task = Task {
            try await session.fhir.importText(FhirImport(source: "test"), text: text, progress: progress)
        }
        while progress.done() == 0 { try await Task.sleep(for: .milliseconds(1)) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(progress.done() < UInt64(text.utf8.count))
        // What was committed is there, and the store goes on.
        #expect(try await session.upkeep.stats().patients < UInt64(count))
        _ = try await session.people.add(Patient())
    }

    @Test func aCancelledExportLeavesNoFile() async throws {
        try await withFolder { folder in
            let session = try administrator(of: memory())
            let ana = try await session.people.add(Patient())
            let path = folder.appendingPathComponent("ana.json").path
            let progress = WorkProgress()
            progress.cancel()
            let error = try await refused {
                try await session.fhir.exportFile(ana, format: .bundle, path: path, progress: progress)
            }
            #expect(error.kind == .cancelled)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
            #expect(try await session.fhir.exportFile(ana, format: .bundle, path: path).resources == 1)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["ana.json"])
        }
    }

    @Test func changesWaitWhileTheStoreIsSuspendedAndEndWhenItIsShutDown() async throws {
        try await withFolder { folder in
            let path = folder.appendingPathComponent("clinic.prm").path
            let made = try await Prm.create(at: path, options: options(), founder: .system(name: "setup"))
            let session = try administrator(of: made)
            var reader = try session.changes().makeAsyncIterator()
            try await made.prm.suspend()
            let resumed = Task {
                try await Task.sleep(for: .milliseconds(300))
                try await made.prm.resume(.raw(bytes: Data(repeating: 7, count: 32)))
                return try await session.people.add(Patient())
            }
            guard case .changed(let notice)? = try await reader.next() else {
                Issue.record("nothing was heard")
                return
            }
            #expect(try await notice.id.uuid == resumed.value.uuid)
            try made.prm.shutDown()
            #expect(try await reader.next() == nil)
        }
    }

    @Test func aCancelledProgressIsAnErrorOfTheLibrary() async throws {
        let session = try administrator(of: memory())
        let progress = WorkProgress()
        progress.cancel()
        let error = try await refused {
            try await session.fhir.importText(FhirImport(source: "test"), text: bundle(of: 2000), progress: progress)
        }
        #expect(error.kind == .cancelled)
    }

    @Test func changesAreHeardFromTheMomentTheyAreAskedFor() async throws {
        let session = try administrator(of: memory())
        let changes = try session.changes()
        let ana = try await session.people.add(Patient())
        var reader = changes.makeAsyncIterator()
        guard case .changed(let notice)? = try await reader.next() else {
            Issue.record("nothing was heard")
            return
        }
        #expect(notice.id.uuid == ana.uuid && notice.kind == .patient && notice.change == .created)
    }

    @Test func aCancelledReaderEndsWithoutAnError() async throws {
        let session = try administrator(of: memory())
        let changes = try session.changes()
        _ = try await session.people.add(Patient())
        let (heard, hears) = AsyncStream.makeStream(of: Event.self)
        let task = Task {
            var count = 0
            for try await event in changes {
                hears.yield(event)
                count += 1
            }
            return count
        }
        for await _ in heard { break }
        task.cancel()
        #expect(try await task.value == 1)
    }

    @Test func changesEndWithTheStore() async throws {
        let made = try memory()
        let changes = try administrator(of: made).changes()
        try made.prm.shutDown()
        var reader = changes.makeAsyncIterator()
        #expect(try await reader.next() == nil)
    }

    @Test func aStoreIsMadeAndOpenedWithoutBlocking() async throws {
        try await withFolder { folder in
            let path = folder.appendingPathComponent("clinic.prm").path
            let made = try await Prm.create(at: path, options: options(), founder: .system(name: "setup"))
            try made.prm.shutDown()
            let prm = try await Prm.open(at: path, options: options())
            try prm.shutDown()
            let to = folder.appendingPathComponent("copy.prm").path
            let salvaged = try await Prm.salvage(from: path, to: to, options: options())
            #expect(salvaged.rows > 0 && salvaged.lost.isEmpty)
        }
    }
}
