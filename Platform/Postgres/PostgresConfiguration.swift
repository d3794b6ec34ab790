import ServiceRuntime

/// How to reach a database, and the limits of doing so.
package struct PostgresConfiguration: Sendable {
    package var url: PostgresURL
    /// Shown in `pg_stat_activity`, unless the URL has an `application_name`.
    package var applicationName: String
    /// Connections at most, each with a thread of its own. More than about twice the server's cores gains nothing.
    package var connections = 8
    /// Callers that may wait for a connection; more are refused at once, as they would only time out.
    package var maximumWaiting = 1_000
    /// How long a caller waits for a connection.
    package var waitTimeout = Duration.seconds(5)
    /// For all of connecting: TCP, TLS and authentication. Name resolution is bounded by the resolver's own settings.
    package var connectTimeout = Duration.seconds(5)
    /// The server stops a statement after this.
    package var statementTimeout = Duration.seconds(30)
    /// How much later than the server the client gives up on a statement: then the network hangs.
    package var statementGrace = Duration.seconds(5)
    /// The server ends a transaction that sends nothing for this long, and frees its locks.
    package var idleInTransactionTimeout = Duration.seconds(60)
    /// How often `run()` checks the server.
    package var probeInterval = Duration.seconds(5)
    /// Between attempts to connect while the server cannot be reached.
    package var reconnectBase = Duration.milliseconds(100)
    package var reconnectMaximum = Duration.seconds(5)
    /// How often a transaction runs at most, where serialization failures and deadlocks end it.
    package var maximumTransactionAttempts = 8

    package init(url: PostgresURL, applicationName: String = "bursar") {
        self.url = url
        self.applicationName = applicationName
    }

    /// libpq's keywords and values for a connection. What the URL sets about the network wins; what the client relies
    /// on does not change.
    var connectionParameters: [String: String] {
        var parameters = [
            "fallback_application_name": applicationName,
            // A peer that vanished is found within about 20 seconds, also while we only wait to read or to write.
            "keepalives_idle": "10", "keepalives_interval": "3", "keepalives_count": "3", "tcp_user_timeout": "20000",
        ]
        parameters.merge(url.parameters) { $1 }
        parameters["client_encoding"] = "UTF8"
        let settings = [
            "TimeZone=UTC", "DateStyle=ISO", "standard_conforming_strings=on", "bytea_output=hex",
            "extra_float_digits=1",
            "statement_timeout=\(statementTimeout.limitMilliseconds)",
            "idle_in_transaction_session_timeout=\(idleInTransactionTimeout.limitMilliseconds)",
        ]
        let own = settings.map { "-c \($0)" }.joined(separator: " ")
        parameters["options"] = (url.parameters["options"].map { "\($0) " } ?? "") + own
        return parameters
    }
}

extension Duration {
    /// Milliseconds as PostgreSQL takes a limit: at least one, because zero means none.
    var limitMilliseconds: Int64 { max(1, wholeMilliseconds) }
}
