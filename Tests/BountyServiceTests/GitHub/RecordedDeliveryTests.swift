import BountyService
import Foundation
import Testing

/// Deliveries that were recorded, in `shared/webhooks/<event>/` beside the repository. Not part of it.
struct RecordedDeliveryTests {
    struct Delivery: CustomTestStringConvertible {
        var event: String
        var file: URL
        var testDescription: String { "\(event)/\(file.lastPathComponent)" }
    }

    static let folder: URL? = {
        var directory = URL(filePath: #filePath).deletingLastPathComponent()
        while directory.path() != "/" {
            if FileManager.default.fileExists(atPath: directory.appending(path: "Package.swift").path()) {
                let folder = directory.deletingLastPathComponent().appending(path: "shared/webhooks")
                return FileManager.default.fileExists(atPath: folder.path()) ? folder : nil
            }
            directory = directory.deletingLastPathComponent()
        }
        return nil
    }()

    static let deliveries: [Delivery] = {
        guard let folder, let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else {
            return []
        }
        return files.compactMap { $0 as? URL }.filter { $0.pathExtension == "json" }
            .map { Delivery(event: $0.deletingLastPathComponent().lastPathComponent, file: $0) }
            .sorted { $0.testDescription < $1.testDescription }
    }()

    @Test(.enabled(if: folder != nil, "there is no shared/webhooks beside the repository"), arguments: deliveries)
    func aRecordedDeliveryIsRead(delivery: Delivery) throws {
        let body = try Data(contentsOf: delivery.file)
        if DeliveryContent.events.contains(delivery.event) {
            _ = try DeliveryContent(event: delivery.event, body: body)
        } else if let content = try? DeliveryContent(event: delivery.event, body: body) {
            #expect(content == .ignored(reason: "action"))
        }
    }
}
