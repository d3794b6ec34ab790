import BigInt
import Events
import FoundationEssentials

extension BountyEntry {
    /// The bounty in the data of an event, as it stands there.
    static func text(in data: [UInt8]) -> [UInt8]? {
        data.withUnsafeBufferPointer { bytes in
            var reader = JSONReader(bytes)
            var found: Range<Int>?
            try? reader.object { name, reader throws(JSONReader.Unexpected) in
                let range = try reader.skip()
                if case "bounty" = name { found = range }
            }
            return found.map { Array(bytes[$0]) }
        }
    }

    /// Reads what an entry has of a bounty, in a fraction of the time that decoding all of the record takes.
    ///
    /// - Parameter data: Of an event.
    /// - Returns: Nil for what is not as this suite writes it: decoding tells what is wrong with it, if anything.
    convenience init?(toldBy data: [UInt8]) {
        let facts = data.withUnsafeBufferPointer { bytes in
            var reader = JSONReader(bytes)
            return try? Facts(event: &reader, bytes)
        }
        guard let facts else { return nil }
        self.init(facts)
    }

    /// What an entry is made of.
    struct Facts {
        var json: [UInt8] = []
        var id: UUID?
        var version: Int64?
        var state: BountyRecord.State?
        var units: BigUInt?
        var denomination: String?
        var decimals: Int64?
        var asset: String?
        var repository: BountyRecord.Repository?
        var issueNumber: Int64?
        var issueTitle: String?
        var sponsor: BountyRecord.Account?
        var shares: [Share] = []
        /// Of the award.
        var awarded: [Int64] = []
        private var checked: Checked = []

        /// Whether decoding the record, as an erasure does, finds all of it too.
        var isWhole: Bool { checked == .all }

        /// Members that must be there, and that nothing else tells of.
        private struct Checked: OptionSet {
            let rawValue: UInt8
            static let amount = Checked(rawValue: 1)
            static let source = Checked(rawValue: 2)
            static let shares = Checked(rawValue: 4)
            static let createdAt = Checked(rawValue: 8)
            static let updatedAt = Checked(rawValue: 16)
            static let expiresAt = Checked(rawValue: 32)
            static let all: Checked = [.amount, .source, .shares, .createdAt, .updatedAt, .expiresAt]
        }

        fileprivate init(
            event reader: inout JSONReader, _ bytes: UnsafeBufferPointer<UInt8>
        ) throws(JSONReader.Unexpected) {
            var range: Range<Int>?
            var facts = Facts()
            try reader.object { name, reader throws(JSONReader.Unexpected) in
                guard case "bounty" = name else {
                    try reader.skip()
                    return
                }
                let start = reader.startOfNext()
                try facts.read(&reader)
                range = start..<reader.index
            }
            try reader.end()
            guard let range else { throw JSONReader.Unexpected() }
            self = facts
            json = Array(bytes[range])
        }

        private init() {}

        private mutating func read(_ reader: inout JSONReader) throws(JSONReader.Unexpected) {
            var facts = self
            try reader.object { name, reader throws(JSONReader.Unexpected) in
                switch name {
                case "id": facts.id = UUID(wireText: try reader.string())
                case "version": facts.version = try reader.integer()
                case "state": facts.state = .init(rawValue: try reader.string())
                case "units": facts.units = BigUInt(try reader.string())
                case "denomination": facts.denomination = try reader.string()
                case "decimals": facts.decimals = try reader.integer()
                case "asset": facts.asset = try reader.string()
                case "repository":
                    let (id, fullName) = try Self.labelled(&reader, "full_name")
                    facts.repository = .init(id: id, fullName: fullName)
                case "issue": (facts.issueNumber, facts.issueTitle) = try Self.issue(&reader)
                case "sponsor": facts.sponsor = try Self.account(&reader)
                case "shares":
                    try reader.list { reader throws(JSONReader.Unexpected) in
                        facts.shares.append(try Self.share(&reader))
                    }
                    facts.checked.insert(.shares)
                case "award": facts.awarded = try Self.awarded(&reader)
                case "amount":
                    _ = try reader.string()
                    facts.checked.insert(.amount)
                case "source":
                    try Self.checkSource(&reader)
                    facts.checked.insert(.source)
                case "created_at": try facts.checkTime(&reader, of: .createdAt)
                case "updated_at": try facts.checkTime(&reader, of: .updatedAt)
                case "expires_at": try facts.checkTime(&reader, of: .expiresAt)
                case "wallet": _ = try reader.string()
                default: try reader.skip()
                }
            }
            self = facts
        }

        /// An object's `id`, and a text of it.
        private static func labelled(
            _ reader: inout JSONReader, _ label: StaticString
        ) throws(JSONReader.Unexpected) -> (id: Int64, label: String) {
            var id: Int64?
            var text: String?
            try reader.object { name, reader throws(JSONReader.Unexpected) in
                switch name {
                case "id": id = try reader.integer()
                case label: text = try reader.string()
                default: try reader.skip()
                }
            }
            guard let id, let text else { throw JSONReader.Unexpected() }
            return (id, text)
        }

        private static func account(_ reader: inout JSONReader) throws(JSONReader.Unexpected) -> BountyRecord.Account {
            let (id, login) = try labelled(&reader, "login")
            return BountyRecord.Account(id: id, login: login)
        }

        private mutating func checkTime(
            _ reader: inout JSONReader, of member: Checked
        ) throws(JSONReader.Unexpected) {
            try Self.checkTime(&reader)
            checked.insert(member)
        }

        private static func checkTime(_ reader: inout JSONReader) throws(JSONReader.Unexpected) {
            guard Date(wireText: try reader.string()) != nil else { throw JSONReader.Unexpected() }
        }

        private static func issue(_ reader: inout JSONReader) throws(JSONReader.Unexpected) -> (Int64, String) {
            var number: Int64?
            var title: String?
            var checked = 0
            try reader.object { name, reader throws(JSONReader.Unexpected) in
                switch name {
                case "number": number = try reader.integer()
                case "title": title = try reader.string()
                case "id":
                    _ = try reader.integer()
                    checked += 1
                case "url":
                    _ = try reader.string()
                    checked += 1
                case "is_pull_request":
                    _ = try reader.flag()
                    checked += 1
                default: try reader.skip()
                }
            }
            guard let number, let title, checked == 3 else { throw JSONReader.Unexpected() }
            return (number, title)
        }

        private static func checkSource(_ reader: inout JSONReader) throws(JSONReader.Unexpected) {
            var kind: BountyRecord.Source.Kind?
            var checked = 0
            try reader.object { name, reader throws(JSONReader.Unexpected) in
                switch name {
                case "kind": kind = .init(rawValue: try reader.string())
                case "id":
                    _ = try reader.integer()
                    checked += 1
                case "url":
                    _ = try reader.string()
                    checked += 1
                case "created_at": try checkTime(&reader)
                default: try reader.skip()
                }
            }
            guard kind != nil, checked == 2 else { throw JSONReader.Unexpected() }
        }

        private static func share(_ reader: inout JSONReader) throws(JSONReader.Unexpected) -> Share {
            var recipient: BountyRecord.Account?
            var units: BigUInt?
            var state: BountyRecord.Share.State?
            var hasAmount = false
            try reader.object { name, reader throws(JSONReader.Unexpected) in
                switch name {
                case "recipient": recipient = try account(&reader)
                case "units": units = BigUInt(try reader.string())
                case "state": state = .init(rawValue: try reader.string())
                case "amount":
                    _ = try reader.string()
                    hasAmount = true
                case "payout": guard UUID(wireText: try reader.string()) != nil else { throw JSONReader.Unexpected() }
                default: try reader.skip()
                }
            }
            guard let recipient, let units, let state, hasAmount else { throw JSONReader.Unexpected() }
            return Share(recipient: recipient, units: units, state: state)
        }

        /// Who is named by an award: who made it, and its recipients.
        private static func awarded(_ reader: inout JSONReader) throws(JSONReader.Unexpected) -> [Int64] {
            var by: Int64?
            var recipients: [Int64]?
            var ground: BountyRecord.Award.Ground?
            var hasTime = false
            try reader.object { name, reader throws(JSONReader.Unexpected) in
                switch name {
                case "by": by = try account(&reader).id
                case "recipients":
                    var accounts: [Int64] = []
                    try reader.list { reader throws(JSONReader.Unexpected) in
                        accounts.append(try recipient(&reader))
                    }
                    recipients = accounts
                case "ground": ground = .init(rawValue: try reader.string())
                case "at":
                    try checkTime(&reader)
                    hasTime = true
                case "url": _ = try reader.string()
                default: try reader.skip()
                }
            }
            guard let by, let recipients, ground != nil, hasTime else { throw JSONReader.Unexpected() }
            return [by] + recipients
        }

        private static func recipient(_ reader: inout JSONReader) throws(JSONReader.Unexpected) -> Int64 {
            var account: Int64?
            var weight: Int64?
            try reader.object { name, reader throws(JSONReader.Unexpected) in
                switch name {
                case "account": account = try Self.account(&reader).id
                case "weight": weight = try reader.integer()
                default: try reader.skip()
                }
            }
            guard let account, weight != nil else { throw JSONReader.Unexpected() }
            return account
        }
    }
}
