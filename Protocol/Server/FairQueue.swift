/// A queue of many clients in which each gets its turn, however much another has put in.
struct FairQueue<Client: Hashable & Sendable, Element: Sendable>: Sendable {
    private var waiting: [Client: [Element]] = [:]
    /// Clients that have something waiting, in the order of their turns.
    private var turns: [Client] = []
    private var firstTurn = 0
    private(set) var count = 0

    mutating func append(_ element: Element, for client: Client) {
        count += 1
        if waiting[client] == nil { turns.append(client) }
        waiting[client, default: []].append(element)
    }

    /// The first element of the client whose turn it is.
    mutating func popFirst() -> Element? {
        guard firstTurn < turns.count else { return nil }
        let client = turns[firstTurn]
        firstTurn += 1
        if firstTurn > 64, firstTurn * 2 > turns.count {
            turns.removeFirst(firstTurn)
            firstTurn = 0
        }
        guard var elements = waiting.removeValue(forKey: client), !elements.isEmpty else { return nil }
        let element = elements.removeFirst()
        if !elements.isEmpty {
            waiting[client] = elements
            turns.append(client)
        }
        count -= 1
        return element
    }

    /// Takes an element out of its turn.
    /// - Returns: Nil if it has had its turn.
    mutating func remove(of client: Client, where matches: (Element) -> Bool) -> Element? {
        guard let index = waiting[client]?.firstIndex(where: matches) else { return nil }
        let element = waiting[client]?.remove(at: index)
        if waiting[client]?.isEmpty == true {
            waiting[client] = nil
            if let turn = turns[firstTurn...].firstIndex(of: client) { turns.remove(at: turn) }
        }
        count -= 1
        return element
    }
}
