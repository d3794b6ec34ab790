import Testing

@testable import WireServer

@Suite struct FairQueueTests {
    private var queue = FairQueue<String, Int>()

    @Test mutating func eachClientHasItsTurn() {
        for number in 1...5 { queue.append(number, for: "much") }
        queue.append(100, for: "little")
        queue.append(200, for: "other")
        #expect(queue.count == 7)
        do {
            let result = drain()
            #expect(result == [1, 100, 200, 2, 3, 4, 5])
        }
        #expect(queue.count == 0)
    }

    @Test mutating func whatIsTakenOutHasNoTurn() {
        for number in 1...3 { queue.append(number, for: "a") }
        queue.append(10, for: "b")
        do {
            let result = queue.remove(of: "b") { $0 == 10 }
            #expect(result == 10)
        }
        do {
            let result = queue.remove(of: "b") { $0 == 10 }
            #expect(result == nil)
        }
        do {
            let result = queue.remove(of: "a") { $0 == 2 }
            #expect(result == 2)
        }
        #expect(queue.count == 2)
        do {
            let result = drain()
            #expect(result == [1, 3])
        }
    }

    @Test mutating func aLongRunKeepsItsOrder() {
        var popped: [Int] = []
        for number in 0..<1000 {
            queue.append(number, for: "\(number % 7)")
            if number % 2 == 1, let next = queue.popFirst() { popped.append(next) }
        }
        popped += drain()
        #expect(popped.sorted() == Array(0..<1000))
        for client in 0..<7 {
            let own = popped.filter { $0 % 7 == client }
            #expect(own == own.sorted(), "in the order of each client")
        }
    }

    private mutating func drain() -> [Int] {
        var elements: [Int] = []
        while let next = queue.popFirst() { elements.append(next) }
        return elements
    }
}
