import Foundation
import Prm
import Testing

/// The folder of the project, where scenarios and the schema lie.
let project = URL(fileURLWithPath: ProcessInfo.processInfo.environment["PRM_PROJECT"] ?? "PRM_PROJECT is not set")

/// Every scenario by the name of its file, in order.
func everyScenario() throws -> [(name: String, scenario: Json)] {
    let folder = project.appendingPathComponent("tests/scenarios")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        .filter { $0.pathExtension == "json" && $0.lastPathComponent != "scenario.schema.json" }
        .sorted { $0.lastPathComponent < $1.lastPathComponent }
    return try files.map { ($0.deletingPathExtension().lastPathComponent, try Json.parse(Data(contentsOf: $0))) }
}

@Suite struct Scenarios {
    @Test func everyScenarioPasses() throws {
        let scenarios = try everyScenario()
        #expect(scenarios.count >= 23, "only \(scenarios.count) scenarios were found")
        for (name, scenario) in scenarios {
            do {
                let steps = try Stage.play(scenario)
                print("\(name): \(steps) steps")
            } catch {
                Issue.record("\(name), \(error)")
            }
        }
    }

    @Test func everyCallOfTheSchemaIsMade() throws {
        let file = project.appendingPathComponent("tests/scenarios/scenario.schema.json")
        let schema = try Json.parse(Data(contentsOf: file))
        guard case .list(let names)? = schema.at("/$defs/read/properties/call/enum") else {
            Issue.record("the schema lists no calls")
            return
        }
        let named = Set(try names.map { try String(json: $0) })
        var used: Set<String> = []
        for (_, scenario) in try everyScenario() {
            guard case .list(let steps)? = scenario["steps"] else { continue }
            used.formUnion(steps.compactMap { step in step.at("/read/call").flatMap { try? String(json: $0) } })
        }
        #expect(named.count > 30)
        #expect(used == named)
    }

    @Test func aPartMayLeaveOutMembersButNotItems() {
        let whole = Json.object(["a": .list([.object(["b": .number(1), "c": .number(2)]), .number(3)])])
        #expect(Expectation.holds(.object([:]), in: whole))
        #expect(Expectation.holds(.object(["a": .list([.object(["b": .number(1)]), .number(3)])]), in: whole))
        #expect(!Expectation.holds(.object(["a": .list([.object(["b": .number(2)]), .number(3)])]), in: whole))
        #expect(!Expectation.holds(.object(["a": .list([.object(["b": .number(1)])])]), in: whole))
        #expect(Expectation.holds(.object(["d": .nothing, "e": .list([])]), in: whole))
        #expect(!Expectation.isSame(.object([:]), whole))
        #expect(Json.text("é") != .text("e\u{301}"))
    }

    @Test func aWrongStepIsRefused() throws {
        var founder: [String: Json] = [
            "$schema": .text(""), "title": .text(""), "clock": .text("2026-03-02T09:00:00Z"), "seed": .number(1),
            "founder": .object(["system": .text("setup")]),
        ]
        for wrong in [
            Json.object(["shut_down": .object(["now": .flag(true)])]),
            .object(["read": .object(["as": .text("nobody"), "call": .text("people.list")])]),
            .object(["dance": .object([:])]),
        ] {
            founder["steps"] = .list([wrong])
            #expect(throws: Misspelt.self) { try Stage.play(.object(founder)) }
        }
    }
}
