import PrmGenerated
import PrmValues

extension Reckoner {
    /// The instances of a recurrence from an instant on, one by one in order of time, perhaps without end.
    ///
    /// `zone` is where the patient lives; it matters to a recurrence that floats. `to` is the instant after the last.
    ///
    /// - Throws: ``PrmError/Invalid(info:)`` for a rule that is none or a zone that is not in the database.
    public func instances(
        of recurrence: Recurrence, zone: String, from: Instant, to: Instant? = nil
    ) throws -> Instances {
        // The year 9999 ends then.
        let end = to ?? Instant(seconds: 253_402_300_799) ?? from
        let first = try between(recurrence: recurrence, zone: zone, from: from, to: end, limit: Instances.page)
        return Instances(reckoner: self, recurrence: recurrence, zone: zone, end: end, first: first)
    }
}

/// Instances of a recurrence in order of time. They are found as they are taken, a page at a time.
public struct Instances: Sequence, Sendable {
    static let page: UInt32 = 256

    let reckoner: Reckoner
    let recurrence: Recurrence
    let zone: String
    let end: Instant
    let first: Expansion

    /// From the first one on.
    public func makeIterator() -> Iterator {
        Iterator(of: self)
    }

    /// Takes instances one by one.
    public struct Iterator: IteratorProtocol {
        private let all: Instances
        private var page: Expansion
        private var place = 0
        private var size = Instances.page

        init(of all: Instances) {
            (self.all, page) = (all, all.first)
        }

        /// The next one; nothing after the last.
        public mutating func next() -> Instance? {
            if place == page.instances.count, page.cutOff { turn() }
            guard place < page.instances.count else { return nil }
            defer { place += 1 }
            return page.instances[place]
        }

        /// The next page begins with those of the last instant, which were taken.
        private mutating func turn() {
            guard let begin = page.instances.last?.at else { return }
            let taken = page.instances.reversed().prefix { $0.at == begin }.count
            if taken == Int(size) { size *= 2 }
            do {
                page = try all.reckoner.between(
                    recurrence: all.recurrence, zone: all.zone, from: begin, to: all.end, limit: size)
            } catch {
                preconditionFailure("a later page fails only as the first does: \(error)")
            }
            place = taken
        }
    }
}
