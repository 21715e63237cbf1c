import PrmGenerated
import PrmValues

extension Prm {
    /// Makes a store in a new folder at `path` and opens it.
    ///
    /// - Throws: ``PrmError/Conflict(info:)`` if there is something at `path`, ``PrmError/Invalid(info:)`` for an empty
    ///   passphrase or a founder without a name.
    public static func create(at path: String, options: OpenOptions, founder: Founder) throws -> Created {
        try createStore(path: path, options: options, founder: founder)
    }

    /// Makes a store in a new folder at `path` and opens it, without blocking the task: a passphrase takes a moment.
    ///
    /// - Throws: ``PrmError/Conflict(info:)`` if there is something at `path`, ``PrmError/Invalid(info:)`` for an empty
    ///   passphrase or a founder without a name.
    public static func create(at path: String, options: OpenOptions, founder: Founder) async throws -> Created {
        try await offload(cancelling: options.progress) {
            try createStore(path: path, options: options, founder: founder)
        }
    }

    /// Opens the store in the folder `path`. Never makes one.
    ///
    /// - Throws: ``PrmError``; each says what to do.
    public static func open(at path: String, options: OpenOptions) throws -> Prm {
        try open(path: path, options: options)
    }

    /// Opens the store in the folder `path`, without blocking the task. Cancelling stops a repair.
    ///
    /// - Throws: ``PrmError``; each says what to do.
    public static func open(at path: String, options: OpenOptions) async throws -> Prm {
        let options = options.progress == nil ? options.watched(by: WorkProgress()) : options
        return try await offload(cancelling: options.progress) { try open(path: path, options: options) }
    }

    /// The files of a store's folder, and which of them may go into the backup that a device makes of its apps.
    public static var files: [StoreFile] { storeFiles() }

    /// Lets go of the store until it is resumed, without blocking the task; for an app that goes to the background.
    ///
    /// It is not cancelled: an app that is about to be suspended wants it done.
    ///
    /// - Throws: ``PrmError/Unsupported(info:)`` for a store in memory, ``PrmError/Closed(info:)`` after a shut-down.
    public func suspend() async throws {
        try await Task.detached { try await offload { try self.suspend() } }.value
    }

    /// Opens a suspended store again without blocking the task. Sessions and subscriptions go on.
    ///
    /// - Throws: ``PrmError``, as opening does.
    public func resume(_ key: Key) async throws {
        try await offload { try self.resume(key: key) }
    }

    /// Makes a store that lives in memory and is gone when it is shut down: for trials and tests.
    ///
    /// - Throws: ``PrmError/Invalid(info:)`` for an empty passphrase or a founder without a name.
    public static func openMemory(options: OpenOptions, founder: Founder) throws -> Created {
        try createMemoryStore(options: options, founder: founder)
    }

    /// Copies what can still be read of a damaged store at `from` into a new store at `to`, and says what is missing.
    ///
    /// - Throws: ``PrmError``, but for damage.
    public static func salvage(from: String, to: String, options: OpenOptions) throws -> Salvaged {
        try salvageStore(from: from, to: to, options: options)
    }

    /// The same without blocking the task. Cancelling ends it, and what was copied is no whole store.
    ///
    /// - Throws: ``PrmError``, but for damage.
    public static func salvage(from: String, to: String, options: OpenOptions) async throws -> Salvaged {
        let options = options.progress == nil ? options.watched(by: WorkProgress()) : options
        return try await offload(cancelling: options.progress) {
            try salvageStore(from: from, to: to, options: options)
        }
    }
}

extension OpenOptions {
    /// The same, with a progress of their own.
    func watched(by progress: WorkProgress) -> OpenOptions {
        OpenOptions(
            key: key, cacheBytes: cacheBytes, auditSync: auditSync, readOnly: readOnly, progress: progress,
            clock: clock,
            seed: seed)
    }
}

extension Session {
    /// Executes a batch: all of its commands or none, in one durable transaction, without blocking the task.
    ///
    /// A task that was cancelled before sends nothing; one that is cancelled afterwards has sent it.
    ///
    /// - Throws: ``PrmError``; after any of them nothing of the batch is there.
    public func execute(_ batch: Batch) async throws -> Receipt {
        try await offload { try self.execute(batch: batch) }
    }

    /// Executes commands together or not at all.
    ///
    /// - Throws: ``PrmError``; after any of them nothing of the batch is there.
    public func execute(_ commands: Command...) throws -> Receipt {
        try execute(batch: Batch(commands: commands))
    }
}
