-- One calculation again and again, for wrk: its body in BODY. Prints requests/s, and their p50 and p99 in µs.
wrk.method = "POST"
wrk.body = os.getenv("BODY")
wrk.headers["Content-Type"] = "application/json"

function done(summary, latency)
    local errors = summary.errors
    if errors.status + errors.connect + errors.read + errors.write + errors.timeout > 0 then
        io.stderr:write("not all were answered\n")
        os.exit(1)
    end
    print(string.format("%d %d %d", summary.requests * 1e6 / summary.duration, latency:percentile(50),
        latency:percentile(99)))
end
