import HTTP
import Wire

/// Arithmetic for people: the form, and what came out.
struct CalculatorView: Sendable {
    struct Question: Sendable, Equatable {
        var expression = ""
        var precision = Int(Rounding.standard.precision)
        var rounding = Rounding.standard.rule.name
    }

    enum Outcome: Sendable {
        case none
        case answer(result: String, isExact: Bool, digits: Int?)
        /// With the place in the expression, in Unicode scalars from 1.
        case failure(detail: String, position: Int?)
    }

    private static let examples = [
        "0.1 + 0.2", "1/3", "2 ^ 200", "sqrt(2)", "250 * 70 / 100", "round(19.99 * 1.19, 2)",
    ]

    var question: Question
    var outcome: Outcome

    var html: HTML {
        let rules = RoundingRule.allCases.map { rule -> HTML in
            #"<option\#(rule.name == question.rounding ? HTML(" selected") : .empty)>\#(rule.name)</option>"#
        }
        let examples = Self.examples.map { example -> HTML in
            #"<a class="chip" href="/calculator?expression=\#(example.addingQueryEscapes)"><code>\#(example)</code></a>"#
        }
        return #"""
            <h1>Calculator</h1>
            <p class="lead">Exact: <code>0.1 + 0.2</code> is <code>0.3</code>. Where a result has to be rounded, it says so.</p>
            <form class="calculator" method="get" action="/calculator" data-calculator>
            <p class="field grow"><label for="expression">Expression</label>
            <input type="text" id="expression" name="expression" value="\#(question.expression)" autocomplete="off" autocapitalize="off" spellcheck="false" required aria-describedby="result"></p>
            <p class="field"><label for="precision">Significant digits</label>
            <input type="number" id="precision" name="precision" min="\#(CalculatorLimits.precision.lowerBound)" max="\#(CalculatorLimits.precision.upperBound)" value="\#(question.precision)" required></p>
            <p class="field"><label for="rounding">Rounding</label>
            <select id="rounding" name="rounding">\#(rules)</select></p>
            <p class="field"><button type="submit">Calculate</button></p>
            </form>
            <section id="result" class="result" aria-live="polite" aria-label="Result">\#(result)</section>
            <p class="chips">\#(examples)</p>
            <details><summary>What it understands</summary>
            <p><code>+ - * / % ^</code>, parentheses, comparisons, <code>min max abs sum floor ceil round(x, n) sqrt exp ln log10</code>,
            decimal and scientific literals.</p></details>
            """#
    }

    private var result: HTML {
        switch outcome {
        case .none: .empty
        case .answer(let result, let isExact, let digits):
            #"""
            <output class="number">\#(result)</output>
            <p class="meta">\#(isExact ? HTML("exact") : "rounded to \(digits ?? 0) significant digits, \(question.rounding)")</p>
            """#
        case .failure(let detail, let position):
            #"""
            <p class="problem" role="alert">\#(detail.prefix(1).uppercased() + detail.dropFirst())</p>
            \#(position.map(marked))
            """#
        }
    }

    /// The expression with the place marked; one past its end where something is missing there.
    private func marked(_ position: Int) -> HTML {
        let scalars = Array(question.expression.unicodeScalars)
        let index = min(max(0, position - 1), scalars.count)
        func text(_ part: some Sequence<Unicode.Scalar>) -> String {
            var text = ""
            text.unicodeScalars.append(contentsOf: part)
            return text
        }
        let place = index < scalars.count ? text(scalars[index...index]) : " "
        return """
            <pre class="marked"><code>\(text(scalars[..<index]))<mark>\(place)</mark>\(text(scalars.dropFirst(index + 1)))</code></pre>
            """
    }
}
