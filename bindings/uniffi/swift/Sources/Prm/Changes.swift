import PrmGenerated

/// What others commit, as it happens: an asynchronous sequence of events.
///
/// The subscription exists before the sequence is handed out, so nothing is missed between the two. It ends when the task
/// that reads it is cancelled, when the store is shut down, and when the sequence and its iterators are gone. While the store
/// is suspended it waits, and goes on when it is resumed. After ``Event/lagged(from:)`` everything
/// is to be read again. It has one reader: an event goes to whoever asks first.
///
/// ```swift
/// for try await event in try session.changes() {
///     if case .changed(let notice) = event { await reload(notice.id) }
/// }
/// ```
public struct Changes: AsyncSequence, Sendable {
    /// What happened.
    public typealias Element = Event

    private let subscription: Subscription

    init(_ subscription: Subscription) {
        self.subscription = subscription
    }

    /// Begins to read.
    public func makeAsyncIterator() -> Iterator {
        Iterator(subscription: subscription)
    }

    /// Reads one event after another.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let subscription: Subscription

        /// The next event, when there is one; nothing once the task is cancelled or the store shut down.
        ///
        /// - Throws: What a read may throw.
        public mutating func next() async throws -> Event? {
            let subscription = subscription
            while !Task.isCancelled {
                do {
                    // In slices, so that a cancelled task is let go.
                    if let event = try await offload({ try subscription.next(atMost: 0.2) }) { return event }
                } catch is CancellationError {
                    return nil
                } catch PrmError.Closed {
                    return nil
                } catch PrmError.Busy {
                    // Suspended: what is committed once it was resumed is told.
                    do { try await Task.sleep(nanoseconds: 100_000_000) } catch { return nil }
                }
            }
            return nil
        }
    }
}

extension Session {
    /// Follows what others commit, from now on or after a sequence that is known.
    ///
    /// - Parameter after: Sequence of the last commit that was seen, as in ``Receipt``.
    public func changes(after: UInt64? = nil) throws -> Changes {
        Changes(try subscribe(after: after))
    }
}
