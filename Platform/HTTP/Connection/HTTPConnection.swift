import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// HTTP/1.1 on a connection: its requests are answered one after the other by one task, which runs on the connection's event loop;
/// those with long bodies on the threads that all tasks have.
///
/// In place of Hummingbird's own channel, whose asynchronous streams and changes of threads cost more than all else in a short request.
struct HTTPConnection: ServerChildChannel {
    struct Value: ServerChildChannelValue {
        let channel: any Channel
        let exchange: NIOLoopBound<HTTPExchange>
        let watch: ClientWatch
        let remoteHost: String?
    }

    let responder: RouterResponder<ServerRequestContext>
    let limits: ConnectionLimits
    /// To what never becomes a request.
    let answers: ProblemAnswers
    private let date = DateHeader()

    init(responder: RouterResponder<ServerRequestContext>, limits: ConnectionLimits, answers: ProblemAnswers) {
        self.responder = responder
        self.limits = limits
        self.answers = answers
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            var bounds = NIOHTTPDecoderLimitConfiguration()
            bounds.maxHeaderFieldSize = limits.headerBytes
            bounds.maxHeaderListSize = limits.headerBytes
            bounds.maxHeaderFieldCount = limits.headerCount
            let watch = ClientWatch()
            let exchange = HTTPExchange(idle: limits.idle)
            try channel.pipeline.syncOperations.addHandlers([
                AnswerEncoder(), ByteToMessageHandler(HTTPRequestDecoder(limitConfiguration: bounds)),
                ConnectionGuard(limits, answers: answers), watch, exchange,
            ])
            return Value(
                channel: channel, exchange: NIOLoopBound(exchange, eventLoop: channel.eventLoop), watch: watch,
                remoteHost: channel.remoteAddress?.ipAddress)
        }
    }

    func handle(value: Value, logger: Logger) async {
        await withTaskCancellationHandler {
            await withTaskExecutorPreference(EventLoopTaskExecutor(value.channel.eventLoop)) {
                await answerRequests(value, logger)
                // What was asked for is over for both sides, whoever ended it.
                try? await value.channel.closeFuture.get()
            }
        } onCancel: {
            value.channel.close(promise: nil)
        }
    }

    private func answerRequests(_ connection: Value, _ logger: Logger) async {
        let exchange = connection.exchange.value
        do {
            while let incoming = try await exchange.nextRequest() {
                let response: Response
                if incoming.isBrief {
                    response = await respond(to: incoming, connection, logger)
                } else {
                    // What is long may take long, and the event loop has other connections.
                    response = await withTaskExecutorPreference(globalConcurrentExecutor) {
                        await respond(to: incoming, connection, logger)
                    }
                }
                try await exchange.write(response)
                guard exchange.endRequest(), incoming.request.headers.first(.connection) != "close" else {
                    break
                }
            }
            exchange.endOutput()
        } catch {
            // Nobody is there any more, or an answer broke off: only the connection's end tells the client.
            logger.trace("connection ends", metadata: ["error": "\(error)"])
            connection.channel.close(promise: nil)
        }
    }

    private func respond(
        to incoming: HTTPExchange.Incoming, _ connection: Value, _ logger: Logger
    ) async -> Response {
        var logger = logger
        logger[metadataKey: RequestIDRule.metadataKey] = .string(RequestID().description)
        var context = ServerRequestContext(
            source: ApplicationRequestContextSource(channel: connection.channel, logger: logger))
        context.watch = connection.watch
        context.knownRemoteHost = connection.remoteHost
        context.hasWholeBody = incoming.isWhole
        var response: Response
        do {
            response = try await responder.respond(to: incoming.request, context: context)
        } catch {
            // The router has an answer to every error: this is one of its own.
            logger.error("request failed", metadata: ["error": "\(error)"])
            response = Response(status: .internalServerError)
        }
        response.headers.append(HTTPField(name: .date, value: date.now))
        return response
    }
}
