import Foundation
import PrmGenerated

// What went wrong, as a sentence with ids and counts, never content of a record.
extension PrmError: CustomStringConvertible {}

extension PrmError: LocalizedError {
    /// What went wrong, as a sentence with ids and counts.
    public var errorDescription: String? { info.detail }

    /// One sentence on what to do.
    public var recoverySuggestion: String? { info.advice }
}
