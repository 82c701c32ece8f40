package import Planning
import Text

/// The order that a plan asks for, read from its report: who is free only after whom, and who moves only after whom.
package struct PlanOrder: Sendable {
    /// The day of the plan's repository, YYYY-MM-DD.
    package let date: String
    private let blocking: [OrderCheck.Pair]
    private let preceding: [OrderCheck.Pair]

    package init(reading bytes: [UInt8]) throws(PlanSnapshot.Failure) {
        guard let json = try? JSONValue(parsing: bytes), json["schema"]?.string == "caravan.plan/1",
            let packages = json["packages"]?.array
        else { throw PlanSnapshot.Failure(reason: "is no plan.json (schema caravan.plan/1)") }
        guard let date = json["repository"]?["date"]?.string else {
            throw PlanSnapshot.Failure(reason: "is of a plain directory, which has no day")
        }
        self.date = date
        blocking = packages.flatMap { package -> [OrderCheck.Pair] in
            guard let name = package["name"]?.string else { return [] }
            return (package["blocked_by"]?.strings ?? []).map { OrderCheck.Pair(first: $0, second: name) }
        }
        preceding = (json["precedences"]?.array ?? []).compactMap { pair in
            guard let first = pair["first"]?.string, let second = pair["second"]?.string else { return nil }
            return OrderCheck.Pair(first: first, second: second)
        }
    }

    package func checked(against points: [BurnDownPoint]) -> [OrderReport] {
        [
            OrderReport(
                title: "free only after (blocked_by)", key: "blocked_by", check: OrderCheck(blocking, points)),
            OrderReport(
                title: "must move first (precedences)", key: "precedences", check: OrderCheck(preceding, points)),
        ]
    }
}

/// What became of one kind of pairs.
package struct OrderReport: Sendable {
    let title: String
    let key: String
    let check: OrderCheck
}
