import HTTP
import Hummingbird
import Wire

/// `/calculator` and `/jobs/{id}`. The calculator works by plain links and forms: a calculation is an address to share.
struct CalculationPages {
    let calculations: Calculations
    let viewers: Viewers

    func addRoutes(to router: Router<ServerRequestContext>) {
        router.get("calculator", use: calculator)
        router.get("jobs/{id}", use: job)
    }

    @Sendable func calculator(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let query = try Query(request, reading: ["expression", "precision", "rounding"])
        var question = CalculatorView.Question()
        question.expression = query.text("expression") ?? ""
        question.rounding = query.text("rounding") ?? question.rounding
        var outcome = CalculatorView.Outcome.none
        do {
            let range = Int(CalculatorLimits.precision.lowerBound)...Int(CalculatorLimits.precision.upperBound)
            question.precision = try query.integer("precision", in: range) ?? question.precision
            if !question.expression.isEmpty { outcome = try await answer(question, request, context) }
        } catch let problem as Problem where problem.status.kind == .clientError {
            outcome = .failure(detail: problem.detail, position: problem.position)
        }
        return viewers.response(
            PageLayout(
                title: "Calculator", location: request.uri.string, script: "calculator.js",
                main: CalculatorView(question: question, outcome: outcome).html),
            to: await viewers.viewer(of: request))
    }

    private func answer(
        _ question: CalculatorView.Question, _ request: Request, _ context: ServerRequestContext
    ) async throws -> CalculatorView.Outcome {
        let rounding = try EvaluateBody(
            expression: question.expression, precision: question.precision, rounding: question.rounding
        ).rounding()
        let terms = try CallTerms(request)
        let evaluation = try await context.cancellingOnDisconnect {
            try await calculations.call(Evaluate.self, terms) { () throws(PayloadError) in
                try Evaluate.Request(expression: question.expression, rounding: rounding, variables: [])
            }
        }
        return .answer(
            result: evaluation.result, isExact: evaluation.isExact,
            digits: evaluation.isExact ? nil : Int(evaluation.digits))
    }

    @Sendable func job(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        viewers.response(
            PageLayout(
                title: "Calculation", location: request.uri.string, script: "job.js", isPrivate: true,
                main: JobView.html(id: context.parameters.get("id") ?? "")),
            to: await viewers.viewer(of: request))
    }
}
