import Foundation

/// An id with a type of its own over a UUID: the id of a patient is not that of a practitioner.
public protocol RecordIdentifier: WrittenAsText, Comparable {
    /// The UUID.
    var uuid: UUID { get }

    /// The id of a UUID.
    init(_ uuid: UUID)
}

extension RecordIdentifier {
    /// Reads a UUID; nothing if it is none.
    public init?(_ text: String) {
        guard let uuid = UUID(uuidString: text) else { return nil }
        self.init(uuid)
    }

    /// The UUID in lower case.
    public var description: String { uuid.uuidString.lowercased() }

    /// In the order of their bytes, which is that of their making.
    public static func < (a: Self, b: Self) -> Bool {
        withUnsafeBytes(of: a.uuid.uuid) { a in
            withUnsafeBytes(of: b.uuid.uuid) { b in a.lexicographicallyPrecedes(b) }
        }
    }
}
