-- Deliveries as GitHub sends them, for wrk: the body in DELIVERY, its signature in SIGNATURE, and another id each time. Prints
-- deliveries/s, and the p50 and p99 of the answer in µs.
local file = assert(io.open(os.getenv("DELIVERY"), "rb"))
wrk.method = "POST"
wrk.body = file:read("*a")
file:close()
wrk.headers["Content-Type"] = "application/json"
wrk.headers["X-GitHub-Event"] = "issue_comment"
wrk.headers["X-Hub-Signature-256"] = os.getenv("SIGNATURE")

local count, run = 0, os.time()

function request()
    count = count + 1
    wrk.headers["X-GitHub-Delivery"] = string.format("%08x-0000-4000-8000-%012x", run, count)
    return wrk.format()
end

function done(summary, latency)
    local errors = summary.errors
    if errors.status + errors.connect + errors.read + errors.write + errors.timeout > 0 then
        io.stderr:write("not all were accepted\n")
        os.exit(1)
    end
    print(string.format("%d %d %d", summary.requests * 1e6 / summary.duration, latency:percentile(50),
        latency:percentile(99)))
end
