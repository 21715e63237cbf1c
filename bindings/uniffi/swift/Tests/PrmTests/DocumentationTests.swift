import Foundation
import Testing

/// Reads the symbol graphs that the compiler wrote of the package's modules into the folder `PRM_SYMBOLS`.
@Suite struct Documentation {
    struct Graph: Decodable {
        struct Symbol: Decodable {
            struct Identifier: Decodable { let precise: String }
            struct Kind: Decodable { let identifier: String }
            struct Comment: Decodable {
                struct Line: Decodable { let text: String }
                let lines: [Line]
            }

            let identifier: Identifier
            let kind: Kind
            let pathComponents: [String]
            let docComment: Comment?
        }

        let symbols: [Symbol]
    }

    /// Names that uniffi writes for itself, of which no app takes notice.
    private let internals = ["FfiConverter", "uniffi", "Uniffi", "RustBuffer", "ForeignBytes", "NoHandle"]

    private func isOurs(_ symbol: Graph.Symbol) -> Bool {
        let name = symbol.pathComponents.joined(separator: ".")
        let synthesized = symbol.identifier.precise.contains("::SYNTHESIZED::")
        let initialises = symbol.kind.identifier.hasSuffix(".init")
        return !synthesized && !initialises && !internals.contains { name.contains($0) }
    }

    /// `Prm` of `Prm.symbols.json`.
    private func module(of file: URL) -> String {
        file.lastPathComponent.replacingOccurrences(of: ".symbols.json", with: "")
    }

    @Test func everythingThatIsExportedHasText() throws {
        let folder = URL(fileURLWithPath: try #require(ProcessInfo.processInfo.environment["PRM_SYMBOLS"]))
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { ["Prm", "PrmValues", "PrmGenerated"].contains(module(of: $0)) }
        var (seen, silent) = (0, Set<String>())
        for file in files {
            for symbol in try JSONDecoder().decode(Graph.self, from: Data(contentsOf: file)).symbols
            where isOurs(symbol) {
                seen += 1
                let text = symbol.docComment?.lines.map(\.text).joined() ?? ""
                if text.allSatisfy(\.isWhitespace) {
                    silent.insert("\(file.lastPathComponent): \(symbol.pathComponents.joined(separator: "."))")
                }
            }
        }
        #expect(files.count == 3, "found \(files.map(\.lastPathComponent))")
        #expect(seen > 1000, "only \(seen) symbols in \(files.map(\.lastPathComponent))")
        #expect(silent.sorted() == [])
    }
}
