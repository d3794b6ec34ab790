-- Reads of bounties as baselines/c/events.c makes them, for wrk: one of BOUNTIES by its id at a time, or, with LISTS, lists with filters
-- in turn. Prints answers/s, and the p50 and p99 of the answer in µs.
local bounties, lists = tonumber(os.getenv("BOUNTIES")), os.getenv("LISTS")
local filters = {
    "", "?state=active", "?denomination=ETH", "?state=paid&denomination=ATOM", "?sponsor=sponsor-1234", "?repository=owner-7/repository-7",
    "?q=rounding", "?q=memory+leak", "?q=b&state=active", "?q=sponsor-2345+de", "?state=cancelled&q=timeout+wor", "?state=expired"}
local count = 0

function init() math.randomseed(os.time()) end

function request()
    count = count + 1
    if lists then return wrk.format("GET", "/v1/bounties" .. filters[count % #filters + 1]) end
    local number = math.random(0, bounties - 1)
    local time = 1790000000000 + number * 1000
    return wrk.format("GET", string.format("/v1/bounties/%08x-%04x-7000-8000-%012x", math.floor(time / 65536), time % 65536, number))
end

function done(summary, latency)
    local errors = summary.errors
    if errors.status + errors.connect + errors.read + errors.write + errors.timeout > 0 then
        io.stderr:write("not all were answered\n")
        os.exit(1)
    end
    print(string.format("%d %d %d", summary.requests * 1e6 / summary.duration, latency:percentile(50), latency:percentile(99)))
end
