import Dispatch
import PrmGenerated

/// Where calls of the library wait, since they block: never a thread of Swift's pool.
private let callers = DispatchQueue(label: "prm.calls", qos: .userInitiated, attributes: .concurrent)

/// Makes a call on a thread that may block.
///
/// A task that was cancelled before does not begin. A call that has begun runs to its end, unless it is given a progress
/// to cancel.
func offload<Answer: Sendable>(
    cancelling progress: WorkProgress? = nil,
    _ call: @escaping @Sendable () throws -> Answer
) async throws -> Answer {
    try Task.checkCancellation()
    return try await withTaskCancellationHandler {
        do {
            return try await withCheckedThrowingContinuation { continuation in
                callers.async { continuation.resume(with: Result(catching: call)) }
            }
        } catch PrmError.Cancelled where Task.isCancelled {
            throw CancellationError()
        }
    } onCancel: {
        progress?.cancel()
    }
}
