import Cryptography
import Testing

struct LegacyHashTests {
    /// Of the Keccak team's submission (ShortMsgKAT_256, lengths 0 and 8) and of Ethereum's own documentation.
    @Test(arguments: [
        ("", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
        ("abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
        ("testing", "5f16f4c7f149ac4f9510d9cf8cf384038ad348b3bcdc01915f95de12df9d1b02"),
    ])
    func keccak256IsTheOriginalAndNotSHA3(text: String, digest: String) {
        #expect(hexadecimal(LegacyHash.keccak256(Array(text.utf8))) == digest)
    }

    /// The examples of RIPEMD-160's authors.
    @Test(arguments: [
        ("", "9c1185a5c5e9fc54612808977ee8f548b2258d31"),
        ("a", "0bdc9d2d256b3ee9daae347be6f4dc835a467ffe"),
        ("abc", "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc"),
        ("message digest", "5d0689ef49d2fae572b881b123a85ffa21595f36"),
        ("abcdefghijklmnopqrstuvwxyz", "f71c27109c692c1b56bbdceb5b9d2865b3708dbc"),
    ])
    func ripemd160GivesItsAuthorsExamples(text: String, digest: String) {
        #expect(hexadecimal(LegacyHash.ripemd160(Array(text.utf8))) == digest)
    }
}

func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
