// swift-format-ignore-file

/// The contract as it is served. Made by ./scripts/contract of openapi.yaml: edit that.
enum OpenAPIDocument {
    /// `/openapi.json`.
    static let json = #"""
{"openapi":"3.1.0","info":{"title":"Bursar","version":"1","summary":"Bounties on GitHub issues, and exact calculations.","license":{"name":"Apache-2.0","identifier":"Apache-2.0"},"description":"**Numbers are texts.** Amounts, units, results and values are decimal texts, so that nothing on the way makes binary floating\npoint of them: `amount` as people write it, `units` in the smallest unit of the denomination.\n\n**Errors** are problem documents (RFC 9457, `application/problem+json`). `type` ends in the problem's code, and leads to what it\nmeans; `errors` names members of the body by JSON pointer (RFC 6901) and query parameters as `?name`; `request_id` finds the\nrequest in the log. Any request can be answered 400 `malformed-request`, 408 `request-timeout`, 431 `headers-too-large`, 500\n`internal-error`, and, where there is too much to do, 503 `unavailable`.\n\n**Request ids.** Every answer has `X-Request-Id`: that of the request, where it is 8 to 128 letters, digits, `-`, `_` or `.`,\nelse one of ours. The trace id of `traceparent` (W3C Trace Context) is in the log beside it, and goes on to other services.\n\n**Limits.** Each client, a session, an API key or a network address, has a quota a minute for each class of requests: `reads`,\n`calculations`, `writes`, `login`, `live`. `RateLimit-Policy` and `RateLimit` tell it (draft-ietf-httpapi-ratelimit-headers-10);\nbeyond it the answer is 429 with `Retry-After`. A body that comes more slowly than 8 KiB a second for more than 20 seconds is\nanswered 408; target and headers may have 32 KiB and 100 headers.\n\n**Who asks.** Browsers come with the session's cookie, and in requests that change something with `X-CSRF-Token` too; programs\nwith `Authorization: Bearer` and an API key.\n\n**Reading what was written.** A write's answer has `Bursar-Version`; a read that sends it back waits, up to 5 seconds, until it\ncan show that version.\n\n**Query parameters** that are empty count as not given; unknown and repeated ones are refused.\n\n**Lists** come in pages, the newest first: `next_cursor` of one is `cursor` of the next, and null on the last.\n"},"servers":[{"url":"/","description":"This gateway."}],"tags":[{"name":"Bounties","description":"What stands on issues, read from memory."},{"name":"Board","description":"The public view: repositories, issues, leaders, live events."},{"name":"Signing","description":"How a sponsor makes a bounty active."},{"name":"Payouts","description":"Signed orders that a treasury executes and acknowledges."},{"name":"Identities","description":"Accounts of GitHub and their wallets."},{"name":"Session","description":"Signing in and out."},{"name":"Calculations","description":"Exact arithmetic."},{"name":"Pages","description":"What people see."},{"name":"Jobs","description":"Large batches and summaries in the background. Whoever knows a job's id may see and cancel it."},{"name":"Contract","description":"This document."}],"paths":{"/v1/bounties":{"get":{"tags":["Bounties"],"operationId":"listBounties","summary":"Bounties, the newest first","parameters":[{"name":"repository","in":"query","description":"The name, `owner/name` without case, or the id of a repository.","schema":{"type":"string"},"examples":{"one page":{"value":"acme/rocket-skates"}}},{"name":"issue","in":"query","description":"The number of an issue or pull request, with `repository`.","schema":{"type":"integer","minimum":1,"maximum":9223372036854775807}},{"name":"state","in":"query","schema":{"$ref":"#/components/schemas/BountyState"},"examples":{"one page":{"value":"proposed"},"unknown state":{"value":"wanted"}}},{"name":"denomination","in":"query","description":"A symbol, in any case.","schema":{"type":"string"},"examples":{"one page":{"value":"usdc"}}},{"name":"sponsor","in":"query","description":"The login, without case, or the id of an account of GitHub.","schema":{"type":"string"},"examples":{"one page":{"value":"road-runner"}}},{"name":"q","in":"query","description":"Words, all of them in the repository, the title or the sponsor's login; the last by its beginning.","schema":{"type":"string","maxLength":200},"examples":{"one page":{"value":"brakes"}}},{"$ref":"#/components/parameters/cursor"},{"name":"limit","in":"query","description":"Entries of the page.","schema":{"type":"integer","minimum":1,"maximum":100,"default":50},"examples":{"one page":{"value":1}}},{"$ref":"#/components/parameters/bursarVersion"},{"$ref":"#/components/parameters/ifNoneMatch"}],"responses":{"200":{"description":"A page.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"ETag":{"$ref":"#/components/headers/ETag"}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/BountyList"},"examples":{"one page":{"value":{"bounties":[{"id":"01a1fce9-a064-719a-9a44-7160c28a0d30","version":1,"state":"proposed","amount":"250","units":"250000000","denomination":"USDC","decimals":6,"asset":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v","repository":{"id":5000000001,"full_name":"acme/rocket-skates"},"issue":{"id":5000000002,"number":1,"title":"Brakes are missing","is_pull_request":false,"url":"http://127.0.0.1:8082/acme/rocket-skates/issues/1"},"source":{"kind":"issue_comment","id":5000000003,"created_at":"2026-11-21T07:02:11.000Z","url":"http://127.0.0.1:8082/acme/rocket-skates/issues/1#issuecomment-5000000003"},"sponsor":{"id":502,"login":"road-runner"},"created_at":"2026-11-21T07:02:11.812Z","updated_at":"2026-11-21T07:02:11.812Z","expires_at":"2027-02-19T07:02:11.812Z","shares":[]}],"next_cursor":"AaH86aBkcZqaRHFgwooNMA"}}}}}},"304":{"description":"As the client has it.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"ETag":{"$ref":"#/components/headers/ETag"}}},"400":{"description":"`invalid-parameter`, `invalid-version`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"unknown state":{"value":{"type":"http://127.0.0.1:8080/problems/invalid-parameter","title":"Invalid query parameter","status":400,"detail":"the query parameter state must be one of proposed, active, awarded, settling, settled, paid, expired, cancelled","instance":"/v1/bounties","request_id":"f751368b6ae016cd610c652737505cba","errors":[{"pointer":"?state","detail":"must be one of proposed, active, awarded, settling, settled, paid, expired, cancelled"}]}}}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/bounties/{id}":{"parameters":[{"$ref":"#/components/parameters/bountyID"}],"get":{"tags":["Bounties"],"operationId":"getBounty","summary":"One bounty","parameters":[{"$ref":"#/components/parameters/bursarVersion"},{"$ref":"#/components/parameters/ifNoneMatch"}],"responses":{"200":{"description":"The bounty.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"ETag":{"$ref":"#/components/headers/ETag"}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Bounty"},"examples":{"a bounty":{"value":{"id":"01a1fce9-a064-719a-9a44-7160c28a0d30","version":1,"state":"proposed","amount":"250","units":"250000000","denomination":"USDC","decimals":6,"asset":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v","repository":{"id":5000000001,"full_name":"acme/rocket-skates"},"issue":{"id":5000000002,"number":1,"title":"Brakes are missing","is_pull_request":false,"url":"http://127.0.0.1:8082/acme/rocket-skates/issues/1"},"source":{"kind":"issue_comment","id":5000000003,"created_at":"2026-11-21T07:02:11.000Z","url":"http://127.0.0.1:8082/acme/rocket-skates/issues/1#issuecomment-5000000003"},"sponsor":{"id":502,"login":"road-runner"},"created_at":"2026-11-21T07:02:11.812Z","updated_at":"2026-11-21T07:02:11.812Z","expires_at":"2027-02-19T07:02:11.812Z","shares":[]}}}}}},"304":{"description":"As the client has it.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"ETag":{"$ref":"#/components/headers/ETag"}}},"400":{"description":"`invalid-parameter`, `invalid-version`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"404":{"description":"`not-found`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"no bounty":{"value":{"type":"http://127.0.0.1:8080/problems/not-found","title":"Not found","status":404,"detail":"there is no bounty with this id","instance":"/v1/bounties/01a1fce9-0000-7000-8000-000000000000","request_id":"f751368b6ae016cd610c652737505cba"}}}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/bounties/{id}/history":{"parameters":[{"$ref":"#/components/parameters/bountyID"}],"get":{"tags":["Bounties"],"operationId":"getBountyHistory","summary":"Its events, the oldest first","description":"From the bounty service's own table, so 503 while that service is away.","responses":{"200":{"description":"The events.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/History"},"examples":{"a bounty":{"value":{"events":[{"version":1,"type":"bursar.bounty.proposed.v1","time":"2026-11-21T07:02:11.812Z","data":{"bounty":{"id":"01a1fce9-a064-719a-9a44-7160c28a0d30","version":1,"state":"proposed","amount":"250","units":"250000000","denomination":"USDC","decimals":6,"asset":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v","repository":{"id":5000000001,"full_name":"acme/rocket-skates"},"issue":{"id":5000000002,"number":1,"title":"Brakes are missing","is_pull_request":false,"url":"http://127.0.0.1:8082/acme/rocket-skates/issues/1"},"source":{"kind":"issue_comment","id":5000000003,"created_at":"2026-11-21T07:02:11.000Z","url":"http://127.0.0.1:8082/acme/rocket-skates/issues/1#issuecomment-5000000003"},"sponsor":{"id":502,"login":"road-runner"},"created_at":"2026-11-21T07:02:11.812Z","updated_at":"2026-11-21T07:02:11.812Z","expires_at":"2027-02-19T07:02:11.812Z","shares":[]}}}]}}}}}},"400":{"description":"`invalid-parameter`, `invalid-version`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"404":{"description":"`not-found`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/bounties/{id}/comment":{"parameters":[{"$ref":"#/components/parameters/bountyID"}],"get":{"tags":["Bounties"],"operationId":"getStatusComment","summary":"The status comment of its issue, as it is or would be on GitHub","responses":{"200":{"description":"In Markdown; null where there is nothing to say.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/json":{"schema":{"type":"object","required":["markdown"],"additionalProperties":false,"properties":{"markdown":{"type":["string","null"]}}},"examples":{"a bounty":{"value":{"markdown":"### Bounties\n…"}}}}}},"400":{"description":"`invalid-parameter`, `invalid-version`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"404":{"description":"`not-found`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/bounties/{id}/challenge":{"parameters":[{"$ref":"#/components/parameters/bountyID"}],"post":{"tags":["Signing"],"operationId":"createSigningChallenge","summary":"The text that the sponsor signs","description":"Its terms are the server's. It is good once, for 5 minutes.","security":[{"session":[],"csrf":[]}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","additionalProperties":false,"required":["link","wallet"],"properties":{"link":{"type":"string","description":"The token of the signing link in the status comment."},"wallet":{"$ref":"#/components/schemas/Wallet"}}},"examples":{"the sponsor":{"value":{"link":"bl1.AaH86aBkcZqaRHFgwooNMAAAAAEAAAAAAAAB9gAAAABreFE3.Gwanl_AcqmEhGQbh7DHXPbsUit6ZcIQ4W3D4b4bffz8","wallet":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:BGYtLEiZn5uFQTksJ2Gkv71A2K9X2C1ig6zDX577J2zC"}},"somebody else":{"value":{"link":"bl1.AaH86aBkcZqaRHFgwooNMAAAAAEAAAAAAAAB9gAAAABreFE3.Gwanl_AcqmEhGQbh7DHXPbsUit6ZcIQ4W3D4b4bffz8","wallet":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:BGYtLEiZn5uFQTksJ2Gkv71A2K9X2C1ig6zDX577J2zC"}},"nobody":{"value":{"link":"bl1.AaH86aBkcZqaRHFgwooNMAAAAAEAAAAAAAAB9gAAAABreFE3.Gwanl_AcqmEhGQbh7DHXPbsUit6ZcIQ4W3D4b4bffz8","wallet":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:BGYtLEiZn5uFQTksJ2Gkv71A2K9X2C1ig6zDX577J2zC"}}}}}},"responses":{"200":{"description":"What to sign, byte for byte.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Challenge"},"examples":{"the sponsor":{"x-as":"road-runner","value":{"challenge":"01a1fe80-f1d1-7b45-a7d3-c89409a6ad46","message":"127.0.0.1:8080 wants you to sign in with your Solana account:\nBGYtLEiZn5uFQTksJ2Gkv71A2K9X2C1ig6zDX577J2zC\n\nSponsor 250 USDC (250000000 units of solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v) on issue 1 of acme/rocket-skates (id 5000000001) as the GitHub account 502. Bounty 01a1fce9-a064-719a-9a44-7160c28a0d30, version 1. Awarded when the issue is closed as completed by a merged pull request, or by /award.\n\nURI: http://127.0.0.1:8080/bounties/01a1fce9-a064-719a-9a44-7160c28a0d30\nVersion: 1\nChain ID: mainnet\nNonce: f3c166928dca2885b962f1b8d6abe39b\nIssued At: 2026-11-21T14:27:05.809Z\nExpiration Time: 2026-11-21T14:32:05.809Z\nRequest ID: 01a1fe80-f1d1-7b45-a7d3-c89409a6ad46","expires_at":"2026-11-21T14:32:05.809Z"}}}}}},"400":{"description":"`invalid-body`, `invalid-parameter`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"401":{"description":"`not-signed-in`, `session-ended`, `unknown-key`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"WWW-Authenticate":{"$ref":"#/components/headers/WWW-Authenticate"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"nobody":{"value":{"type":"http://127.0.0.1:8080/problems/not-signed-in","title":"Not signed in","status":401,"detail":"sign in with GitHub first: /login/github","instance":"/v1/bounties/01a1fce9-a064-719a-9a44-7160c28a0d30/challenge","request_id":"f751368b6ae016cd610c652737505cba"}}}}}},"403":{"description":"`not-a-person`, `wrong-csrf-token`, `wrong-origin`, `wrong-link`, `not-the-sponsor`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"somebody else":{"x-as":"wile-e-coyote","value":{"type":"http://127.0.0.1:8080/problems/not-the-sponsor","title":"Not the sponsor","status":403,"detail":"only the bounty's sponsor, road-runner, can sign it","instance":"/v1/bounties/01a1fce9-a064-719a-9a44-7160c28a0d30/challenge","request_id":"f751368b6ae016cd610c652737505cba"}}}}}},"404":{"description":"`not-found`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"409":{"description":"`bounty-changed`, `not-proposed`, `bounty-expired`, `wallet-not-linked`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"413":{"$ref":"#/components/responses/ContentTooLarge"},"415":{"$ref":"#/components/responses/UnsupportedMediaType"},"422":{"description":"`wrong-chain`, `invalid-terms`, `invalid-wallet`, `unsupported-chain`, `unsupported-wallet`, `invalid-address`, `wrong-checksum`, `wrong-prefix`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"429":{"description":"`too-many-requests`, `too-many-challenges`, `too-many-open-challenges`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"Retry-After":{"$ref":"#/components/headers/Retry-After"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/bounties/{id}/signature":{"parameters":[{"$ref":"#/components/parameters/bountyID"}],"post":{"tags":["Signing"],"operationId":"signBounty","summary":"Sign it, so that it is active","description":"The same signature again gets the same answer.","security":[{"session":[],"csrf":[]}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","additionalProperties":false,"required":["challenge","signature"],"properties":{"challenge":{"type":"string","description":"Of the challenge's answer."},"signature":{"$ref":"#/components/schemas/Signature"},"public_key":{"$ref":"#/components/schemas/PublicKey"}}},"examples":{"the sponsor":{"value":{"challenge":"01a1fe80-f1d1-7b45-a7d3-c89409a6ad46","signature":"2WzKpD3vHMXRkv8VKyJrGJ5Ea5vS2XGgN6P8LfQm7rYyqUzE7x8SgWcjT4hB1nRkD9mVfJcA6tLeQwXpHsUuZbNd"}},"no challenge":{"value":{"challenge":"01a1fe80-0000-7000-8000-000000000000","signature":"2WzKpD3vHMXRkv8VKyJrGJ5Ea5vS2XGgN6P8LfQm7rYyqUzE7x8SgWcjT4hB1nRkD9mVfJcA6tLeQwXpHsUuZbNd"}}}}}},"responses":{"200":{"description":"The bounty, active.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"Bursar-Version":{"$ref":"#/components/headers/Bursar-Version"}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Bounty"},"examples":{"the sponsor":{"x-as":"road-runner","value":{"id":"01a1fce9-a064-719a-9a44-7160c28a0d30","version":2,"state":"active","amount":"250","units":"250000000","denomination":"USDC","decimals":6,"asset":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v","repository":{"id":5000000001,"full_name":"acme/rocket-skates"},"issue":{"id":5000000002,"number":1,"title":"Brakes are missing","is_pull_request":false,"url":"http://127.0.0.1:8082/acme/rocket-skates/issues/1"},"source":{"kind":"issue_comment","id":5000000003,"created_at":"2026-11-21T07:02:11.000Z","url":"http://127.0.0.1:8082/acme/rocket-skates/issues/1#issuecomment-5000000003"},"sponsor":{"id":502,"login":"road-runner"},"created_at":"2026-11-21T07:02:11.812Z","updated_at":"2026-11-21T07:02:11.812Z","expires_at":"2027-02-19T07:02:11.812Z","shares":[],"wallet":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:BGYtLEiZn5uFQTksJ2Gkv71A2K9X2C1ig6zDX577J2zC"}}}}}},"400":{"description":"`invalid-body`, `invalid-parameter`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"401":{"$ref":"#/components/responses/Unauthorized"},"403":{"description":"`not-a-person`, `wrong-csrf-token`, `wrong-origin`, `other-account`, `not-the-sponsor`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"404":{"description":"`not-found`, `unknown-challenge`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"no challenge":{"x-as":"road-runner","value":{"type":"http://127.0.0.1:8080/problems/unknown-challenge","title":"Unknown challenge","status":404,"detail":"there is no such challenge, or it is long expired","instance":"/v1/bounties/01a1fce9-a064-719a-9a44-7160c28a0d30/signature","request_id":"f751368b6ae016cd610c652737505cba"}}}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"409":{"description":"`bounty-changed`, `not-proposed`, `bounty-expired`, `challenge-used`, `wallet-not-linked`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"413":{"$ref":"#/components/responses/ContentTooLarge"},"415":{"$ref":"#/components/responses/UnsupportedMediaType"},"422":{"description":"`other-bounty`, `other-purpose`, `other-domain`, `challenge-expired`, `not-yet-valid`, `malformed-signature`, `malformed-public-key`, `malleable-signature`, `signature-mismatch`, `contract-wallet`, `other-public-key`, `unsupported-wallet`, `no-previous-wallet`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"429":{"description":"`too-many-requests`, `too-many-challenges`, `too-many-open-challenges`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"Retry-After":{"$ref":"#/components/headers/Retry-After"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/payouts":{"get":{"tags":["Payouts"],"operationId":"listPayouts","summary":"Payout orders, the newest first","parameters":[{"name":"state","in":"query","schema":{"$ref":"#/components/schemas/PayoutState"},"examples":{"one page":{"value":"issued"}}},{"name":"bounty","in":"query","schema":{"type":"string","pattern":"^([0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})?$"},"examples":{"no id":{"value":"twelve"}}},{"name":"recipient","in":"query","description":"The id of an account of GitHub.","schema":{"$ref":"#/components/schemas/ID"}},{"$ref":"#/components/parameters/cursor"},{"name":"limit","in":"query","description":"Entries of the page.","schema":{"type":"integer","minimum":1,"maximum":100,"default":50}},{"$ref":"#/components/parameters/bursarVersion"},{"$ref":"#/components/parameters/ifNoneMatch"}],"responses":{"200":{"description":"A page.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"ETag":{"$ref":"#/components/headers/ETag"}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/PayoutList"},"examples":{"one page":{"value":{"payouts":[{"id":"01a1fe81-070d-7f3c-95df-b8922bd2c65d","bounty":"01a1fe80-e738-7e13-9a06-1d2599d1891b","recipient":{"id":5000000005,"login":"acme-engineer"},"account":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:8R4nPBAEPC7euGpx3BGoYQDBE3825J6ZZj65Yy88afrY","asset":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v","units":"250000000","issued_at":"2026-11-21T14:27:11.245Z","key_id":"fe5d994afbd2fc3b","canonical":"{\"account\":\"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:8R4nPBAEPC7euGpx3BGoYQDBE3825J6ZZj65Yy88afrY\",\"asset\":\"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v\",\"bounty\":\"01a1fe80-e738-7e13-9a06-1d2599d1891b\",\"id\":\"01a1fe81-070d-7f3c-95df-b8922bd2c65d\",\"issued_at\":\"2026-11-21T14:27:11.245Z\",\"key_id\":\"fe5d994afbd2fc3b\",\"recipient\":\"5000000005\",\"units\":\"250000000\"}","signature":"ufTD6CpUWfFw1c69mng1VNpwWXcP+cPmwczsUgONNvrywCwsOq5KFJxVdqeDm1TuTIstQYlPWxxTVQllMzAEBg==","state":"issued"}],"next_cursor":null}}}}}},"304":{"description":"As the client has it.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"ETag":{"$ref":"#/components/headers/ETag"}}},"400":{"description":"`invalid-parameter`, `invalid-version`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"no id":{"value":{"type":"http://127.0.0.1:8080/problems/invalid-parameter","title":"Invalid query parameter","status":400,"detail":"the query parameter bounty must be the id of a bounty","instance":"/v1/payouts","request_id":"f751368b6ae016cd610c652737505cba","errors":[{"pointer":"?bounty","detail":"must be the id of a bounty"}]}}}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/payouts/{id}":{"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string","format":"uuid"},"examples":{"an order":{"value":"01a1fe81-070d-7f3c-95df-b8922bd2c65d"},"no order":{"value":"01a1fe81-0000-7000-8000-000000000000"}}}],"get":{"tags":["Payouts"],"operationId":"getPayout","summary":"One payout order","parameters":[{"$ref":"#/components/parameters/bursarVersion"},{"$ref":"#/components/parameters/ifNoneMatch"}],"responses":{"200":{"description":"The order.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"ETag":{"$ref":"#/components/headers/ETag"}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Payout"},"examples":{"an order":{"value":{"id":"01a1fe81-070d-7f3c-95df-b8922bd2c65d","bounty":"01a1fe80-e738-7e13-9a06-1d2599d1891b","recipient":{"id":5000000005,"login":"acme-engineer"},"account":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:8R4nPBAEPC7euGpx3BGoYQDBE3825J6ZZj65Yy88afrY","asset":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v","units":"250000000","issued_at":"2026-11-21T14:27:11.245Z","key_id":"fe5d994afbd2fc3b","canonical":"{\"account\":\"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:8R4nPBAEPC7euGpx3BGoYQDBE3825J6ZZj65Yy88afrY\",\"asset\":\"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v\",\"bounty\":\"01a1fe80-e738-7e13-9a06-1d2599d1891b\",\"id\":\"01a1fe81-070d-7f3c-95df-b8922bd2c65d\",\"issued_at\":\"2026-11-21T14:27:11.245Z\",\"key_id\":\"fe5d994afbd2fc3b\",\"recipient\":\"5000000005\",\"units\":\"250000000\"}","signature":"ufTD6CpUWfFw1c69mng1VNpwWXcP+cPmwczsUgONNvrywCwsOq5KFJxVdqeDm1TuTIstQYlPWxxTVQllMzAEBg==","state":"issued"}}}}}},"304":{"description":"As the client has it.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"ETag":{"$ref":"#/components/headers/ETag"}}},"400":{"description":"`invalid-parameter`, `invalid-version`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"404":{"description":"`not-found`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"no order":{"value":{"type":"http://127.0.0.1:8080/problems/not-found","title":"Not found","status":404,"detail":"there is no payout order with this id","instance":"/v1/payouts/01a1fe81-0000-7000-8000-000000000000","request_id":"f751368b6ae016cd610c652737505cba"}}}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/payouts/{id}/acknowledgement":{"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string","format":"uuid"},"examples":{"an order":{"value":"01a1fe81-070d-7f3c-95df-b8922bd2c65d"},"no order":{"value":"01a1fe81-0000-7000-8000-000000000000"}}}],"post":{"tags":["Payouts"],"operationId":"acknowledgePayout","summary":"Say by which transaction it was executed","description":"The same transaction again gets the same answer.","security":[{"apiKey":[]}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","additionalProperties":false,"required":["transaction"],"properties":{"transaction":{"type":"string","description":"As the chain names it.","minLength":1,"maxLength":256,"pattern":"^[\\x21-\\x7E]+$"}}},"examples":{"an order":{"value":{"transaction":"5VfYmGBjvxKjKPBLePjWYSEEWp3iWBSh1LUo9BoKGzzv"}},"another transaction":{"value":{"transaction":"3nVfYmGBjvxKjKPBLePjWYSEEWp3iWBSh1LUo9BoKGzz"}}}}}},"responses":{"200":{"description":"The order, acknowledged.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"Bursar-Version":{"$ref":"#/components/headers/Bursar-Version"}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Payout"},"examples":{"an order":{"x-as":"treasury","value":{"id":"01a1fe81-070d-7f3c-95df-b8922bd2c65d","bounty":"01a1fe80-e738-7e13-9a06-1d2599d1891b","recipient":{"id":5000000005,"login":"acme-engineer"},"account":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:8R4nPBAEPC7euGpx3BGoYQDBE3825J6ZZj65Yy88afrY","asset":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v","units":"250000000","issued_at":"2026-11-21T14:27:11.245Z","key_id":"fe5d994afbd2fc3b","canonical":"{\"account\":\"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:8R4nPBAEPC7euGpx3BGoYQDBE3825J6ZZj65Yy88afrY\",\"asset\":\"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v\",\"bounty\":\"01a1fe80-e738-7e13-9a06-1d2599d1891b\",\"id\":\"01a1fe81-070d-7f3c-95df-b8922bd2c65d\",\"issued_at\":\"2026-11-21T14:27:11.245Z\",\"key_id\":\"fe5d994afbd2fc3b\",\"recipient\":\"5000000005\",\"units\":\"250000000\"}","signature":"ufTD6CpUWfFw1c69mng1VNpwWXcP+cPmwczsUgONNvrywCwsOq5KFJxVdqeDm1TuTIstQYlPWxxTVQllMzAEBg==","state":"acknowledged","transaction":"5VfYmGBjvxKjKPBLePjWYSEEWp3iWBSh1LUo9BoKGzzv"}}}}}},"400":{"description":"`invalid-body`, `invalid-parameter`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"401":{"$ref":"#/components/responses/Unauthorized"},"403":{"description":"`missing-scope`, `wrong-csrf-token`, `wrong-origin`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"404":{"description":"`not-found`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"409":{"description":"`acknowledged-otherwise`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"another transaction":{"x-as":"treasury","value":{"type":"http://127.0.0.1:8080/problems/acknowledged-otherwise","title":"Acknowledged otherwise","status":409,"detail":"the order was acknowledged with another transaction","instance":"/v1/payouts/01a1fe81-070d-7f3c-95df-b8922bd2c65d/acknowledgement","request_id":"f751368b6ae016cd610c652737505cba"}}}}}},"413":{"$ref":"#/components/responses/ContentTooLarge"},"415":{"$ref":"#/components/responses/UnsupportedMediaType"},"422":{"description":"`invalid-transaction`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/payout-keys":{"get":{"tags":["Payouts"],"operationId":"listPayoutKeys","summary":"The public keys that orders verify with, old ones included","responses":{"200":{"description":"The keys.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/json":{"schema":{"type":"object","required":["keys"],"properties":{"keys":{"type":"array","items":{"$ref":"#/components/schemas/PayoutKey"}}}},"examples":{"the keys":{"value":{"keys":[{"id":"fe5d994afbd2fc3b","algorithm":"Ed25519","public_key":"AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA="}]}}}}}},"400":{"description":"`invalid-parameter`, `invalid-version`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/denominations":{"get":{"tags":["Bounties"],"operationId":"listDenominations","summary":"What bounties may be made of","parameters":[{"$ref":"#/components/parameters/ifNoneMatch"}],"responses":{"200":{"description":"All of them.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"ETag":{"$ref":"#/components/headers/ETag"}},"content":{"application/json":{"schema":{"type":"object","required":["denominations"],"properties":{"denominations":{"type":"array","items":{"$ref":"#/components/schemas/Denomination"}}}},"examples":{"all":{"value":{"denominations":[{"symbol":"USDC","decimals":6,"minimum":"0.01","maximum":"1000000","chain":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp","asset":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v","family":"solana"}]}}}}}},"304":{"description":"As the client has it.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"ETag":{"$ref":"#/components/headers/ETag"}}},"400":{"description":"`invalid-parameter`, `invalid-version`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"}}}},"/v1/identities/{account}":{"get":{"tags":["Identities"],"operationId":"getIdentity","summary":"An account and its wallets","description":"The active ones; with the account's own session those that wait, too.","security":[{},{"session":[]}],"parameters":[{"$ref":"#/components/parameters/ifNoneMatch"},{"name":"account","in":"path","required":true,"description":"A login of GitHub, the id of an account, or `@login` where a login is a number.","schema":{"type":"string","minLength":1,"maxLength":100},"examples":{"an account":{"value":"road-runner"},"no account":{"value":"4294967296"}}}],"responses":{"200":{"description":"The account.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"ETag":{"description":"Names this content.","schema":{"type":"string"}}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Identity"},"examples":{"an account":{"value":{"github":{"id":502,"login":"road-runner"},"links":[{"id":"01a1fe80-eeee-7b45-a7d3-c89409a6ad46","wallet":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:BGYtLEiZn5uFQTksJ2Gkv71A2K9X2C1ig6zDX577J2zC","family":"solana","state":"active","linked_at":"2026-11-21T14:27:01.245Z","effective_at":"2026-11-21T14:27:01.245Z"}]}}}}}},"304":{"description":"As the client has it.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"ETag":{"$ref":"#/components/headers/ETag"}}},"400":{"description":"`invalid-parameter`, `invalid-version`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"401":{"$ref":"#/components/responses/Unauthorized"},"404":{"description":"`unknown-account`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"no account":{"value":{"type":"http://127.0.0.1:8080/problems/unknown-account","title":"Unknown account","status":404,"detail":"no account of this name or id has linked a wallet here","instance":"/v1/identities/4294967296","request_id":"f751368b6ae016cd610c652737505cba"}}}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/identities/challenges":{"post":{"tags":["Identities"],"operationId":"createLinkChallenge","summary":"The text that a wallet signs to be linked","description":"It is good once, for 5 minutes.","security":[{"session":[],"csrf":[]}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","additionalProperties":false,"required":["wallet"],"properties":{"wallet":{"$ref":"#/components/schemas/Wallet"}}},"examples":{"a wallet":{"value":{"wallet":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:BGYtLEiZn5uFQTksJ2Gkv71A2K9X2C1ig6zDX577J2zC"}},"no address":{"value":{"wallet":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:beep"}}}}}},"responses":{"200":{"description":"What to sign, byte for byte. With `previous_wallet`, that one's signature makes the change count at once.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Challenge"},"examples":{"a wallet":{"x-as":"road-runner","value":{"challenge":"01a1fe80-aaaa-7b45-a7d3-c89409a6ad46","message":"127.0.0.1:8080 wants you to sign in with your Solana account:\nBGYtLEiZn5uFQTksJ2Gkv71A2K9X2C1ig6zDX577J2zC\n\n…","expires_at":"2026-11-21T14:32:01.245Z"}}}}}},"400":{"description":"`invalid-body`, `invalid-parameter`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"401":{"$ref":"#/components/responses/Unauthorized"},"403":{"description":"`not-a-person`, `wrong-csrf-token`, `wrong-origin`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"409":{"description":"`already-linked`, `wallet-taken`, `change-pending`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"413":{"$ref":"#/components/responses/ContentTooLarge"},"415":{"$ref":"#/components/responses/UnsupportedMediaType"},"422":{"description":"`invalid-wallet`, `unsupported-chain`, `unsupported-wallet`, `invalid-address`, `wrong-checksum`, `wrong-prefix`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"no address":{"x-as":"road-runner","value":{"type":"http://127.0.0.1:8080/problems/invalid-address","title":"Invalid address","status":422,"detail":"an address of Solana is 32 bytes in base58","instance":"/v1/identities/challenges","request_id":"f751368b6ae016cd610c652737505cba"}}}}}},"429":{"description":"`too-many-requests`, `too-many-challenges`, `too-many-open-challenges`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"Retry-After":{"$ref":"#/components/headers/Retry-After"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/identities/links":{"post":{"tags":["Identities"],"operationId":"linkWallet","summary":"Link the wallet that signed","security":[{"session":[],"csrf":[]}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","additionalProperties":false,"required":["challenge","signature"],"properties":{"challenge":{"type":"string","description":"Of the challenge's answer."},"signature":{"$ref":"#/components/schemas/Signature"},"public_key":{"$ref":"#/components/schemas/PublicKey"},"previous_signature":{"type":["string","null"],"description":"The last wallet's over the same message."},"previous_public_key":{"$ref":"#/components/schemas/PublicKey"}}},"examples":{"a wallet":{"value":{"challenge":"01a1fe80-aaaa-7b45-a7d3-c89409a6ad46","signature":"4WzKpD3vHMXRkv8VKyJrGJ5Ea5vS2XGgN6P8LfQm7rYyqUzE7x8SgWcjT4hB1nRkD9mVfJcA6tLeQwXpHsUuZbNd"}}}}}},"responses":{"201":{"description":"The link, `active`, or `pending` until `effective_at`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Link"},"examples":{"a wallet":{"x-as":"road-runner","value":{"id":"01a1fe80-eeee-7b45-a7d3-c89409a6ad46","wallet":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:BGYtLEiZn5uFQTksJ2Gkv71A2K9X2C1ig6zDX577J2zC","family":"solana","state":"active","linked_at":"2026-11-21T14:27:01.245Z","effective_at":"2026-11-21T14:27:01.245Z","github":{"id":502,"login":"road-runner"}}}}}}},"400":{"description":"`invalid-body`, `invalid-parameter`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"401":{"$ref":"#/components/responses/Unauthorized"},"403":{"description":"`not-a-person`, `wrong-csrf-token`, `wrong-origin`, `other-account`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"404":{"description":"`unknown-challenge`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"409":{"description":"`already-linked`, `wallet-taken`, `challenge-used`, `challenge-outdated`, `change-pending`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"413":{"$ref":"#/components/responses/ContentTooLarge"},"415":{"$ref":"#/components/responses/UnsupportedMediaType"},"422":{"description":"`other-bounty`, `other-purpose`, `other-domain`, `challenge-expired`, `not-yet-valid`, `malformed-signature`, `malformed-public-key`, `malleable-signature`, `signature-mismatch`, `contract-wallet`, `other-public-key`, `unsupported-wallet`, `no-previous-wallet`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/identities/links/{id}":{"delete":{"tags":["Identities"],"operationId":"unlinkWallet","summary":"Unlink a wallet, or stop a change","security":[{"session":[],"csrf":[]}],"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string","format":"uuid"},"examples":{"a link":{"value":"01a1fe80-eeee-7b45-a7d3-c89409a6ad46"},"no link":{"value":"01a1fe80-0000-7000-8000-000000000000"}}}],"responses":{"200":{"description":"The link, `revoked`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Link"},"examples":{"a link":{"x-as":"road-runner","value":{"id":"01a1fe80-eeee-7b45-a7d3-c89409a6ad46","wallet":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:BGYtLEiZn5uFQTksJ2Gkv71A2K9X2C1ig6zDX577J2zC","family":"solana","state":"revoked","linked_at":"2026-11-21T14:27:01.245Z","effective_at":"2026-11-21T14:27:01.245Z","github":{"id":502,"login":"road-runner"},"revoked_at":"2026-11-21T15:27:01.245Z"}}}}}},"400":{"description":"`invalid-body`, `invalid-parameter`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"401":{"$ref":"#/components/responses/Unauthorized"},"403":{"description":"`not-a-person`, `wrong-csrf-token`, `wrong-origin`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"404":{"description":"`unknown-link`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"no link":{"x-as":"road-runner","value":{"type":"http://127.0.0.1:8080/problems/unknown-link","title":"Unknown link","status":404,"detail":"your account has no such link","instance":"/v1/identities/links/01a1fe80-0000-7000-8000-000000000000","request_id":"f751368b6ae016cd610c652737505cba"}}}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"409":{"description":"`challenge-outdated`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/session":{"get":{"tags":["Session"],"operationId":"getSession","summary":"Who the caller is","security":[{"session":[]},{"apiKey":[]}],"responses":{"200":{"description":"A person, with the token that changes need, or a program.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Session"},"examples":{"a person":{"x-as":"road-runner","value":{"github":{"id":502,"login":"road-runner"},"csrf_token":"rfBhkn-FglPTsnIk4tK4Jr3AirUK8sAnw6f4L7XBA5I","expires_at":"2026-11-21T11:19:18.607Z"}},"a program":{"x-as":"treasury","value":{"program":"treasury","scopes":["payouts"],"expires_at":"2026-11-21T11:19:18.607Z"}}}}}},"400":{"description":"`invalid-parameter`, `invalid-version`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"401":{"description":"`not-signed-in`, `session-ended`, `unknown-key`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"WWW-Authenticate":{"$ref":"#/components/headers/WWW-Authenticate"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"nobody":{"value":{"type":"http://127.0.0.1:8080/problems/not-signed-in","title":"Not signed in","status":401,"detail":"sign in with GitHub first: /login/github","instance":"/v1/session","request_id":"f751368b6ae016cd610c652737505cba"}}}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/login/github":{"get":{"tags":["Session"],"operationId":"beginLogin","summary":"To GitHub's page","parameters":[{"name":"return_to","in":"query","description":"Where to go afterwards; anything but a path of ours is `/`.","schema":{"type":"string"},"examples":{"a visitor":{"value":"/v1/session"}}}],"responses":{"302":{"description":"GitHub's page, with a cookie that the way back is compared with.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"Location":{"description":"GitHub's page.","required":true,"schema":{"type":"string"}}}},"400":{"description":"`invalid-parameter`, `invalid-version`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"429":{"$ref":"#/components/responses/TooManyRequests"},"501":{"description":"`login-not-configured`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/login/github/callback":{"get":{"tags":["Session"],"operationId":"completeLogin","summary":"Back from GitHub","description":"With `code` and `state`, or `error`; other parameters are passed over.","parameters":[{"name":"code","in":"query","schema":{"type":"string"}},{"name":"state","in":"query","schema":{"type":"string"},"examples":{"not begun here":{"value":"abc"}}},{"name":"error","in":"query","schema":{"type":"string"},"examples":{"denied":{"value":"access_denied"}}}],"responses":{"303":{"description":"The path that the sign-in began with, with the session's cookie.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"Location":{"description":"A path of ours.","required":true,"schema":{"type":"string"}}}},"400":{"description":"`invalid-parameter`, `invalid-version`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"403":{"description":"`login-denied`, `wrong-state`, `login-expired`, `login-refused`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"denied":{"value":{"type":"http://127.0.0.1:8080/problems/login-denied","title":"Not signed in","status":403,"detail":"GitHub did not confirm the sign-in; begin again: /login/github","instance":"/login/github/callback","request_id":"f751368b6ae016cd610c652737505cba"}},"not begun here":{"value":{"type":"http://127.0.0.1:8080/problems/wrong-state","title":"Not signed in","status":403,"detail":"this sign-in was not begun in this browser; begin again: /login/github","instance":"/login/github/callback","request_id":"f751368b6ae016cd610c652737505cba"}}}}}},"429":{"$ref":"#/components/responses/TooManyRequests"},"501":{"description":"`login-not-configured`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"502":{"description":"`github-unavailable`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/logout":{"post":{"tags":["Session"],"operationId":"logout","summary":"End the session","description":"Also where nobody is signed in.","security":[{},{"session":[],"csrf":[]}],"responses":{"204":{"description":"It is over.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}}},"401":{"$ref":"#/components/responses/Unauthorized"},"403":{"description":"`wrong-csrf-token`, `wrong-origin`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/repositories/{owner}/{name}":{"parameters":[{"$ref":"#/components/parameters/owner"},{"$ref":"#/components/parameters/repositoryName"}],"get":{"tags":["Board"],"operationId":"getRepository","summary":"A repository's totals, by denomination and state","parameters":[{"$ref":"#/components/parameters/bursarVersion"},{"$ref":"#/components/parameters/ifNoneMatch"}],"responses":{"200":{"description":"The totals. Denominations are never added to each other.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"ETag":{"$ref":"#/components/headers/ETag"}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/RepositoryOverview"},"examples":{"a repository":{"value":{"repository":{"id":5000000001,"full_name":"acme/rocket-skates"},"denominations":[{"denomination":"USDC","decimals":6,"asset":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v","states":{"proposed":{"count":1,"amount":"250","units":"250000000"}}}]}}}}}},"304":{"description":"As the client has it.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"ETag":{"$ref":"#/components/headers/ETag"}}},"400":{"description":"`invalid-parameter`, `invalid-version`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"404":{"description":"`not-found`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"no repository":{"value":{"type":"http://127.0.0.1:8080/problems/not-found","title":"Not found","status":404,"detail":"no bounty is in a repository of this name","instance":"/v1/repositories/nobody/nothing","request_id":"f751368b6ae016cd610c652737505cba"}}}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/repositories/{owner}/{name}/badge.svg":{"parameters":[{"$ref":"#/components/parameters/owner"},{"$ref":"#/components/parameters/repositoryName"}],"get":{"tags":["Board"],"operationId":"getBadge","summary":"What is open in a repository, as a picture","description":"Of any name: a repository without bounties has a badge too.","parameters":[{"$ref":"#/components/parameters/ifNoneMatch"}],"responses":{"200":{"description":"To be kept for a minute.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"ETag":{"$ref":"#/components/headers/ETag"}},"content":{"image/svg+xml":{"schema":{"type":"string"}}}},"304":{"description":"As the client has it.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"ETag":{"$ref":"#/components/headers/ETag"}}},"400":{"description":"`invalid-parameter`, `invalid-version`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"}}}},"/v1/repositories/{owner}/{name}/issues/{number}/bounties":{"parameters":[{"$ref":"#/components/parameters/owner"},{"$ref":"#/components/parameters/repositoryName"},{"name":"number","in":"path","required":true,"schema":{"type":"integer","minimum":1,"maximum":9223372036854775807},"examples":{"a repository":{"value":1}}}],"get":{"tags":["Board"],"operationId":"listBountiesOfIssue","summary":"The bounties on an issue, the newest first","parameters":[{"$ref":"#/components/parameters/cursor"},{"name":"limit","in":"query","description":"Entries of the page.","schema":{"type":"integer","minimum":1,"maximum":100,"default":50}},{"$ref":"#/components/parameters/bursarVersion"},{"$ref":"#/components/parameters/ifNoneMatch"}],"responses":{"200":{"description":"A page; empty where there are none.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"ETag":{"$ref":"#/components/headers/ETag"}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/BountyList"},"examples":{"a repository":{"value":{"bounties":[{"id":"01a1fce9-a064-719a-9a44-7160c28a0d30","version":1,"state":"proposed","amount":"250","units":"250000000","denomination":"USDC","decimals":6,"asset":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v","repository":{"id":5000000001,"full_name":"acme/rocket-skates"},"issue":{"id":5000000002,"number":1,"title":"Brakes are missing","is_pull_request":false,"url":"http://127.0.0.1:8082/acme/rocket-skates/issues/1"},"source":{"kind":"issue_comment","id":5000000003,"created_at":"2026-11-21T07:02:11.000Z","url":"http://127.0.0.1:8082/acme/rocket-skates/issues/1#issuecomment-5000000003"},"sponsor":{"id":502,"login":"road-runner"},"created_at":"2026-11-21T07:02:11.812Z","updated_at":"2026-11-21T07:02:11.812Z","expires_at":"2027-02-19T07:02:11.812Z","shares":[]}],"next_cursor":null}}}}}},"304":{"description":"As the client has it.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"ETag":{"$ref":"#/components/headers/ETag"}}},"400":{"description":"`invalid-parameter`, `invalid-version`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"404":{"description":"`not-found`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/leaderboard":{"get":{"tags":["Board"],"operationId":"getLeaderboard","summary":"Who was paid, or paid, the most","parameters":[{"name":"by","in":"query","schema":{"type":"string","enum":["solvers","sponsors"],"default":"solvers"},"examples":{"sponsors":{"value":"sponsors"},"unknown":{"value":"donors"}}},{"name":"denomination","in":"query","description":"A symbol, in any case; all of them without it.","schema":{"type":"string"}},{"name":"cursor","in":"query","description":"The `next_cursor` of one of the boards.","schema":{"type":"string","pattern":"^[A-Za-z0-9_-]*$"}},{"name":"limit","in":"query","description":"Leaders of each board.","schema":{"type":"integer","minimum":1,"maximum":100,"default":10}},{"$ref":"#/components/parameters/bursarVersion"},{"$ref":"#/components/parameters/ifNoneMatch"}],"responses":{"200":{"description":"A board for each denomination.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"ETag":{"$ref":"#/components/headers/ETag"}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Leaderboard"},"examples":{"sponsors":{"value":{"by":"sponsors","boards":[{"denomination":"USDC","decimals":6,"asset":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v","leaders":[{"account":{"id":502,"login":"road-runner"},"amount":"250","units":"250000000","count":1}],"next_cursor":null}]}}}}}},"304":{"description":"As the client has it.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"ETag":{"$ref":"#/components/headers/ETag"}}},"400":{"description":"`invalid-parameter`, `invalid-version`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"unknown":{"value":{"type":"http://127.0.0.1:8080/problems/invalid-parameter","title":"Invalid query parameter","status":400,"detail":"the query parameter by must be one of solvers, sponsors","instance":"/v1/leaderboard","request_id":"f751368b6ae016cd610c652737505cba","errors":[{"pointer":"?by","detail":"must be one of solvers, sponsors"}]}}}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/events":{"get":{"tags":["Board"],"operationId":"streamEvents","summary":"What happens, as it happens","description":"Server-sent events: `id` is the place in the stream, `event` the CloudEvents type, `data` the CloudEvents envelope in JSON. A\nclient that comes back with `Last-Event-ID` misses nothing and gets nothing twice; where that cannot be, `event: reset` says\nto read everything anew. Who reads too slowly is cut off, and comes back.\n","parameters":[{"name":"type","in":"query","description":"CloudEvents types, with commas between.","schema":{"type":"string","enum":["bursar.bounty.proposed.v1","bursar.bounty.signed.v1,bursar.bounty.paid.v1"]}},{"name":"repository","in":"query","description":"The name or id of a repository.","schema":{"type":"string"},"examples":{"a repository's":{"value":"acme/rocket-skates"}}},{"name":"sponsor","in":"query","description":"The login or id of an account.","schema":{"type":"string"}},{"name":"bounty","in":"query","schema":{"type":"string","format":"uuid"}},{"name":"last_event_id","in":"query","description":"As `Last-Event-ID`, which wins.","schema":{"type":"integer","minimum":0,"maximum":1}},{"name":"Last-Event-ID","in":"header","description":"The id of the last event that the client has; 0 for all since the beginning.","schema":{"type":"integer","minimum":0,"maximum":1}}],"responses":{"200":{"description":"Does not end by itself.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"text/event-stream":{"schema":{"type":"string"},"examples":{"a repository's":{"value":"id: 12\nevent: bursar.bounty.proposed.v1\ndata: {\"id\":\"…\",\"source\":\"/bursar/bounty\",\"specversion\":\"1.0\",\"type\":\"bursar.bounty.proposed.v1\",\"data\":{}}\n"}}}}},"400":{"description":"`invalid-parameter`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"}}}},"/v1/calculations/evaluate":{"post":{"tags":["Calculations"],"operationId":"evaluate","summary":"An expression","description":"`+ - * / % ^`, parentheses, comparison (`\"true\"` or `\"false\"`), `min max abs sum floor ceil round(x, n) sqrt exp ln log10`,\ndecimal and scientific literals, variables. Exact; what has no finite decimal is rounded once, at the end, to `precision`\nsignificant digits, and `exact` says so.\n","parameters":[{"$ref":"#/components/parameters/requestTimeout"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","additionalProperties":false,"required":["expression"],"properties":{"expression":{"type":"string","minLength":1,"description":"Up to 1 MiB."},"precision":{"$ref":"#/components/schemas/Precision"},"rounding":{"$ref":"#/components/schemas/Rounding"},"variables":{"type":["object","null"],"description":"Values by name, up to 256.","maxProperties":256,"additionalProperties":{"type":"string","description":"A decimal number."}}}},"examples":{"exact":{"value":{"expression":"0.1 + 0.2"}},"variables":{"value":{"expression":"price * 1.19","variables":{"price":"19.99"}}},"rounded":{"value":{"expression":"1/3","precision":10,"rounding":"half-even"}},"not an expression":{"value":{"expression":"2 +* 3"}},"divided by zero":{"value":{"expression":"1/0"}},"too many digits":{"value":{"expression":"9^9^9^9"}},"unknown member":{"value":{"expression":"1","round":"up"}},"unknown rounding":{"value":{"expression":"1","rounding":"nearest"}}}}}},"responses":{"200":{"description":"The result. `digits` is there where it was rounded.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Evaluation"},"examples":{"exact":{"value":{"result":"0.3","exact":true}},"variables":{"value":{"result":"23.7881","exact":true}},"rounded":{"value":{"result":"0.3333333333","exact":false,"digits":10}}}}}},"400":{"description":"`invalid-body`, `invalid-header`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"unknown member":{"value":{"type":"http://127.0.0.1:8080/problems/invalid-body","title":"Invalid body","status":400,"detail":"/round is not a known member","instance":"/v1/calculations/evaluate","request_id":"f751368b6ae016cd610c652737505cba","errors":[{"pointer":"/round","detail":"is not a known member"}]}}}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"413":{"$ref":"#/components/responses/ContentTooLarge"},"415":{"$ref":"#/components/responses/UnsupportedMediaType"},"422":{"description":"The calculation has no result: `invalid-expression`, `unknown-name`, `invalid-number`, `invalid-variable`, `invalid-precision`, `invalid-rounding`, `division-by-zero`, `outside-domain`, `not-a-number`, `undecided`, `too-long`, `too-many`, `too-deep`, `too-many-digits`, `exponent-out-of-range`, `too-much-work`, `over-limit`, `malformed`, `invalid-calculation`, `empty`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"not an expression":{"value":{"type":"http://127.0.0.1:8080/problems/invalid-expression","title":"Invalid expression","status":422,"detail":"unexpected '*' at position 4","instance":"/v1/calculations/evaluate","request_id":"f751368b6ae016cd610c652737505cba","position":4,"errors":[{"pointer":"/expression","detail":"unexpected '*' at position 4"}]}},"divided by zero":{"value":{"type":"http://127.0.0.1:8080/problems/division-by-zero","title":"Division by zero","status":422,"detail":"division by zero at position 2","instance":"/v1/calculations/evaluate","request_id":"f751368b6ae016cd610c652737505cba","position":2,"errors":[{"pointer":"/expression","detail":"division by zero at position 2"}]}},"too many digits":{"value":{"type":"http://127.0.0.1:8080/problems/too-many-digits","title":"Too many digits","status":422,"detail":"a number here has more than 1000000 digits at position 4","instance":"/v1/calculations/evaluate","request_id":"f751368b6ae016cd610c652737505cba","position":4,"errors":[{"pointer":"/expression","detail":"a number here has more than 1000000 digits at position 4"}]}},"unknown rounding":{"value":{"status":422,"instance":"/v1/calculations/evaluate","request_id":"f751368b6ae016cd610c652737505cba","type":"http://127.0.0.1:8080/problems/invalid-rounding","title":"Invalid member","detail":"/rounding must be one of half-even, half-up, half-down, up, down, ceiling, floor","errors":[{"pointer":"/rounding","detail":"must be one of half-even, half-up, half-down, up, down, ceiling, floor"}]}}}}}},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/calculations/batch":{"post":{"tags":["Calculations"],"operationId":"batch","summary":"Many expressions","parameters":[{"$ref":"#/components/parameters/requestTimeout"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","additionalProperties":false,"required":["expressions"],"properties":{"expressions":{"type":"array","maxItems":10000,"items":{"type":"string"}},"precision":{"$ref":"#/components/schemas/Precision"},"rounding":{"$ref":"#/components/schemas/Rounding"}}},"examples":{"one fails":{"value":{"expressions":["1+1","1/0"]}}}}}},"responses":{"200":{"description":"One result, or one error, for each, in their order.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/json":{"schema":{"type":"object","required":["results"],"properties":{"results":{"type":"array","items":{"oneOf":[{"$ref":"#/components/schemas/Evaluation"},{"$ref":"#/components/schemas/EvaluationError"}]}}}},"examples":{"one fails":{"value":{"results":[{"result":"2","exact":true},{"error":{"code":"division-by-zero","detail":"division by zero","position":2}}]}}}}}},"400":{"description":"`invalid-body`, `invalid-header`, `invalid-parameter`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"413":{"$ref":"#/components/responses/ContentTooLarge"},"415":{"$ref":"#/components/responses/UnsupportedMediaType"},"422":{"description":"`invalid-precision`, `invalid-rounding`, `over-limit`, `malformed`, `too-long`, `too-many`, `too-much-work`, `invalid-calculation`, `empty`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/calculations/summarize":{"post":{"tags":["Calculations"],"operationId":"summarize","summary":"Count, sum, mean, variance, extremes, quantiles","description":"Sample variance; quantiles are interpolated linearly (type 7 of Hyndman and Fan). Values come as JSON, or as a stream of any\nlength up to a configured one: `text/csv` (RFC 4180), or `application/x-ndjson`, a text or number in each line. What else\nJSON says in members, a stream says in the query. Quantiles need at most 1,000,000 values.\n","parameters":[{"$ref":"#/components/parameters/requestTimeout"},{"name":"quantiles","in":"query","description":"Of a stream. From 0 to 1, with commas between, up to 100.","schema":{"type":"string","pattern":"^(0|1|0[.][0-9]{1,5})$"},"examples":{"a column":{"value":"0.5"}}},{"name":"precision","in":"query","description":"Of a stream.","schema":{"type":"integer","minimum":1,"maximum":10000}},{"name":"rounding","in":"query","description":"Of a stream.","schema":{"type":"string","enum":["half-even","half-up","half-down","up","down","ceiling","floor"]}},{"name":"column","in":"query","description":"Of CSV, its number from 1, or its name.","schema":{"type":"string","minLength":1,"maxLength":100},"examples":{"a column":{"value":"amount"}}},{"name":"header","in":"query","description":"Of CSV, whether its first line has names. It has where `column` is one.","schema":{"type":"string","enum":["present","absent"]}}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","additionalProperties":false,"required":["values"],"properties":{"values":{"type":"array","minItems":1,"maxItems":1000000,"items":{"$ref":"#/components/schemas/Number"}},"quantiles":{"type":["array","null"],"description":"From 0 to 1.","maxItems":100,"items":{"$ref":"#/components/schemas/Number"}},"precision":{"$ref":"#/components/schemas/Precision"},"rounding":{"$ref":"#/components/schemas/Rounding"}}},"examples":{"two values":{"value":{"values":["1","2.5"],"quantiles":["0.5","0.99"]}},"not a quantile":{"value":{"values":["1"],"quantiles":["2"]}}}},"text/csv":{"schema":{"type":"string"},"examples":{"a column":{"value":"who,amount\nalice,1\nbob,2.5\n"}}},"application/x-ndjson":{"schema":{"type":"string"},"examples":{"lines":{"value":"\"1\"\n2.5\n"}}}}},"responses":{"200":{"description":"The summary. Quantiles are named as they were asked for.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Summary"},"examples":{"two values":{"value":{"count":2,"sum":"3.5","mean":"1.75","variance":"1.125","min":"1","max":"2.5","quantiles":{"0.5":"1.75","0.99":"2.485"},"exact":true}},"a column":{"value":{"count":2,"sum":"3.5","mean":"1.75","variance":"1.125","min":"1","max":"2.5","quantiles":{"0.5":"1.75"},"exact":true}},"lines":{"value":{"count":2,"sum":"3.5","mean":"1.75","variance":"1.125","min":"1","max":"2.5","quantiles":{},"exact":true}}}}}},"400":{"description":"`invalid-body`, `invalid-header`, `invalid-parameter`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"413":{"$ref":"#/components/responses/ContentTooLarge"},"415":{"$ref":"#/components/responses/UnsupportedMediaType"},"422":{"description":"`invalid-number`, `invalid-quantile`, `invalid-precision`, `invalid-rounding`, `empty`, `too-many-digits`, `exponent-out-of-range`, `over-limit`, `malformed`, `mismatched-parts`, `too-long`, `too-many`, `too-much-work`, `invalid-calculation`, `invalid-input`, `missing-column`, `unknown-column`, `answer-too-large`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"not a quantile":{"value":{"type":"http://127.0.0.1:8080/problems/invalid-quantile","title":"Invalid quantile","status":422,"detail":"a quantile is from 0 to 1","instance":"/v1/calculations/summarize","request_id":"f751368b6ae016cd610c652737505cba","errors":[{"pointer":"/quantiles/0","detail":"a quantile is from 0 to 1"}]}}}}}},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/calculations/allocate":{"post":{"tags":["Calculations"],"operationId":"allocate","summary":"Whole units among weights","description":"Nothing is lost and nothing made, by the largest remainders, ties by position. The parts add up to the units.","parameters":[{"$ref":"#/components/parameters/requestTimeout"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","additionalProperties":false,"required":["units","weights"],"properties":{"units":{"$ref":"#/components/schemas/Units"},"weights":{"type":"array","minItems":1,"maxItems":10000,"items":{"$ref":"#/components/schemas/Number"}}}},"examples":{"three weights":{"value":{"units":"100","weights":["70","30","1"]}},"no weight":{"value":{"units":"100","weights":["0"]}}}}}},"responses":{"200":{"description":"A part for each weight.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/json":{"schema":{"type":"object","required":["parts"],"properties":{"parts":{"type":"array","items":{"$ref":"#/components/schemas/Units"}}}},"examples":{"three weights":{"value":{"parts":["69","30","1"]}}}}}},"400":{"description":"`invalid-body`, `invalid-header`, `invalid-parameter`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"413":{"$ref":"#/components/responses/ContentTooLarge"},"415":{"$ref":"#/components/responses/UnsupportedMediaType"},"422":{"description":"`invalid-units`, `invalid-weight`, `invalid-number`, `empty`, `too-many-digits`, `exponent-out-of-range`, `over-limit`, `malformed`, `too-long`, `too-many`, `too-much-work`, `invalid-calculation`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"no weight":{"value":{"type":"http://127.0.0.1:8080/problems/invalid-weight","title":"Invalid weight","status":422,"detail":"at least one weight is greater than zero","instance":"/v1/calculations/allocate","request_id":"f751368b6ae016cd610c652737505cba","errors":[{"pointer":"/weights","detail":"at least one weight is greater than zero"}]}}}}}},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/calculations/convert":{"post":{"tags":["Calculations"],"operationId":"convert","summary":"Between denominations of one asset","parameters":[{"$ref":"#/components/parameters/requestTimeout"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","additionalProperties":false,"required":["amount","from","to"],"properties":{"amount":{"$ref":"#/components/schemas/Number"},"from":{"type":"string","description":"A denomination.","minLength":1,"maxLength":64},"to":{"type":"string","description":"A denomination.","minLength":1,"maxLength":64}}},"examples":{"lamports":{"value":{"amount":"1.5","from":"SOL","to":"LAMPORT"}},"other asset":{"value":{"amount":"1","from":"SOL","to":"ETH"}},"no denomination":{"value":{"amount":"1","from":"SOL","to":"BEEP"}}}}}},"responses":{"200":{"description":"The same amount in the other denomination.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/json":{"schema":{"type":"object","required":["amount"],"properties":{"amount":{"type":"string"}}},"examples":{"lamports":{"value":{"amount":"1500000000"}}}}}},"400":{"description":"`invalid-body`, `invalid-header`, `invalid-parameter`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"413":{"$ref":"#/components/responses/ContentTooLarge"},"415":{"$ref":"#/components/responses/UnsupportedMediaType"},"422":{"description":"`unknown-denomination`, `different-assets`, `invalid-amount`, `invalid-number`, `too-many-digits`, `exponent-out-of-range`, `over-limit`, `malformed`, `too-long`, `too-much-work`, `invalid-calculation`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"other asset":{"value":{"type":"http://127.0.0.1:8080/problems/different-assets","title":"Different assets","status":422,"detail":"SOL and ETH are denominations of different assets","instance":"/v1/calculations/convert","request_id":"f751368b6ae016cd610c652737505cba","errors":[{"pointer":"/to","detail":"SOL and ETH are denominations of different assets"}]}},"no denomination":{"value":{"type":"http://127.0.0.1:8080/problems/unknown-denomination","title":"Unknown denomination","status":422,"detail":"there is no such denomination here","instance":"/v1/calculations/convert","request_id":"f751368b6ae016cd610c652737505cba","errors":[{"pointer":"/to","detail":"there is no such denomination here"}]}}}}}},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/":{"get":{"tags":["Pages"],"operationId":"getHome","summary":"What is open, to look for and to page through","parameters":[{"name":"q","in":"query","description":"Words.","schema":{"type":"string"}},{"name":"state","in":"query","description":"open, any, or a state.","schema":{"type":"string","enum":["open","any","proposed","active","awarded","settling","settled","paid","expired","cancelled"]}},{"name":"denomination","in":"query","description":"A symbol.","schema":{"type":"string"}},{"name":"repository","in":"query","description":"A name or an id.","schema":{"type":"string"}},{"name":"sponsor","in":"query","description":"A login or an id.","schema":{"type":"string"}},{"$ref":"#/components/parameters/cursor"}],"responses":{"200":{"description":"A page.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"text/html":{"schema":{"type":"string"}}}},"400":{"description":"`invalid-parameter`, `invalid-version`; a page for browsers.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}},"text/html":{"schema":{"type":"string"}}}},"404":{"description":"`not-found`; a page for browsers.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}},"text/html":{"schema":{"type":"string"}}}},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/bounties/{id}":{"get":{"tags":["Pages"],"operationId":"getBountyPage","summary":"A bounty, and signing it","parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string","format":"uuid"},"examples":{"a page":{"value":"01a1fce9-a064-719a-9a44-7160c28a0d30"}}},{"name":"link","in":"query","description":"The token of a signing link.","schema":{"type":"string"}}],"responses":{"200":{"description":"A page.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"text/html":{"schema":{"type":"string"}}}},"400":{"description":"`invalid-parameter`, `invalid-version`; a page for browsers.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}},"text/html":{"schema":{"type":"string"}}}},"404":{"description":"`not-found`; a page for browsers.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}},"text/html":{"schema":{"type":"string"}}}},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/link":{"get":{"tags":["Pages"],"operationId":"getLinkPage","summary":"Own wallets","parameters":[{"name":"return_to","in":"query","description":"Where to go afterwards.","schema":{"type":"string"}},{"name":"family","in":"query","description":"Of wallets.","schema":{"type":"string","enum":["solana","ethereum","cosmos"]}}],"responses":{"200":{"description":"A page.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"text/html":{"schema":{"type":"string"}}}},"400":{"description":"`invalid-parameter`, `invalid-version`; a page for browsers.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}},"text/html":{"schema":{"type":"string"}}}},"404":{"description":"`not-found`; a page for browsers.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}},"text/html":{"schema":{"type":"string"}}}},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/calculator":{"get":{"tags":["Pages"],"operationId":"getCalculatorPage","summary":"The calculator","parameters":[{"name":"expression","in":"query","description":"An expression.","schema":{"type":"string"}},{"name":"precision","in":"query","description":"Significant digits.","schema":{"type":"string"}},{"name":"rounding","in":"query","description":"A rule.","schema":{"type":"string"}}],"responses":{"200":{"description":"A page.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"text/html":{"schema":{"type":"string"}}}},"400":{"description":"`invalid-parameter`, `invalid-version`; a page for browsers.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}},"text/html":{"schema":{"type":"string"}}}},"404":{"description":"`not-found`; a page for browsers.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}},"text/html":{"schema":{"type":"string"}}}},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/jobs/{id}":{"get":{"tags":["Pages"],"operationId":"getJobPage","summary":"A job, how far it is, and its result","parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string","format":"uuid"},"examples":{"a page":{"value":"01a1fe80-b0b0-7b45-a7d3-c89409a6ad46"}}}],"responses":{"200":{"description":"A page.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"text/html":{"schema":{"type":"string"}}}},"400":{"description":"`invalid-parameter`, `invalid-version`; a page for browsers.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}},"text/html":{"schema":{"type":"string"}}}},"404":{"description":"`not-found`; a page for browsers.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}},"text/html":{"schema":{"type":"string"}}}},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/jobs":{"post":{"tags":["Jobs"],"operationId":"createJob","summary":"Begin one","description":"A batch or a summary of what one call does not take, up to a configured size. Done by calculators in parts; it survives the end of\nany of them, and results are kept for a configured time. The same `Idempotency-Key` with the same body is the same job.\n","parameters":[{"name":"Idempotency-Key","in":"header","description":"1 to 255 visible ASCII characters.","schema":{"type":"string","pattern":"^[A-Za-z0-9-]{1,64}$"},"examples":{"a batch":{"value":"5a7d6f0e-2f0b-4f3e-9a7b-6b1f8f1f2c3d"}}},{"name":"kind","in":"query","description":"Of a stream; required there.","schema":{"type":"string","enum":["batch","summarize"]},"examples":{"a stream":{"value":"summarize"}}},{"name":"quantiles","in":"query","description":"Of a stream. From 0 to 1, with commas between, up to 100.","schema":{"type":"string","pattern":"^(0|1|0[.][0-9]{1,5})$"},"examples":{"a stream":{"value":"0.5"}}},{"name":"precision","in":"query","description":"Of a stream.","schema":{"type":"integer","minimum":1,"maximum":10000}},{"name":"rounding","in":"query","description":"Of a stream.","schema":{"type":"string","enum":["half-even","half-up","half-down","up","down","ceiling","floor"]}},{"name":"column","in":"query","description":"Of CSV, its number from 1, or its name.","schema":{"type":"string","minLength":1,"maxLength":100},"examples":{"a stream":{"value":"1"}}},{"name":"header","in":"query","description":"Of CSV, whether its first line has names. It has where `column` is one.","schema":{"type":"string","enum":["present","absent"]}}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"oneOf":[{"type":"object","additionalProperties":false,"required":["kind","expressions"],"properties":{"kind":{"const":"batch"},"expressions":{"type":"array","minItems":1,"items":{"type":"string","minLength":1}},"precision":{"$ref":"#/components/schemas/Precision"},"rounding":{"$ref":"#/components/schemas/Rounding"}}},{"type":"object","additionalProperties":false,"required":["kind","values"],"properties":{"kind":{"const":"summarize"},"values":{"type":"array","minItems":1,"items":{"$ref":"#/components/schemas/Number"}},"quantiles":{"type":["array","null"],"maxItems":100,"items":{"$ref":"#/components/schemas/Number"}},"precision":{"$ref":"#/components/schemas/Precision"},"rounding":{"$ref":"#/components/schemas/Rounding"}}}]},"examples":{"a batch":{"value":{"kind":"batch","expressions":["1+1","1/0"]}}}},"text/csv":{"schema":{"type":"string"},"examples":{"a stream":{"value":"1\n2.5\n"}}},"application/x-ndjson":{"schema":{"type":"string"}}}},"responses":{"202":{"description":"It will be done.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"Location":{"description":"Of the job.","required":true,"schema":{"type":"string"}}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Job"},"examples":{"a batch":{"value":{"id":"01a1fe80-b0b0-7b45-a7d3-c89409a6ad46","kind":"batch","state":"queued","progress":{"done":0,"total":2,"percent":0},"created_at":"2026-11-21T14:27:01.245Z","expires_at":"2026-11-22T14:27:01.245Z"}},"a stream":{"value":{"id":"01a1fe80-b0b0-7b45-a7d3-c89409a6ad46","kind":"summarize","state":"queued","progress":{"done":0,"total":2,"percent":0},"created_at":"2026-11-21T14:27:01.245Z","expires_at":"2026-11-22T14:27:01.245Z"}}}}}},"400":{"description":"`invalid-body`, `invalid-header`, `invalid-parameter`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"409":{"description":"`idempotency-key-in-use`, `idempotency-key-expired`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"413":{"$ref":"#/components/responses/ContentTooLarge"},"415":{"$ref":"#/components/responses/UnsupportedMediaType"},"422":{"description":"`idempotency-key-reused`, `invalid-precision`, `invalid-rounding`, `invalid-quantile`, `invalid-number`, `invalid-input`, `missing-column`, `unknown-column`, `empty`, `too-long`, `too-many`, `over-limit`, `malformed`, `invalid-expression`, `invalid-calculation`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"description":"`unavailable`, `too-many-jobs`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"Retry-After":{"$ref":"#/components/headers/Retry-After"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/jobs/{id}":{"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string","format":"uuid"},"examples":{"a job":{"value":"01a1fe80-b0b0-7b45-a7d3-c89409a6ad46"},"no job":{"value":"01a1fe80-0000-7000-8000-000000000000"}}}],"get":{"tags":["Jobs"],"operationId":"getJob","summary":"How far it is, and its result","parameters":[{"name":"result","in":"query","description":"Whether the result is told.","schema":{"type":"string","enum":["true","false"],"default":"true"},"examples":{"a job":{"value":"false"}}}],"responses":{"200":{"description":"The job.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Job"},"examples":{"a job":{"value":{"id":"01a1fe80-b0b0-7b45-a7d3-c89409a6ad46","kind":"batch","state":"done","progress":{"done":2,"total":2,"percent":100},"created_at":"2026-11-21T14:27:01.245Z","expires_at":"2026-11-22T14:27:01.245Z"}}}}}},"400":{"description":"`invalid-parameter`, `invalid-version`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"404":{"description":"`not-found`: unknown, or expired.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}},"delete":{"tags":["Jobs"],"operationId":"cancelJob","summary":"Cancel it","responses":{"200":{"description":"Cancelled, also if it was.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Job"}}}},"400":{"description":"`invalid-parameter`, `invalid-version`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"404":{"description":"`not-found`: unknown, or expired.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"no job":{"value":{"type":"http://127.0.0.1:8080/problems/not-found","title":"Not found","status":404,"detail":"there is no job with this id, or it is not kept any more","instance":"/v1/jobs/01a1fe80-0000-7000-8000-000000000000","request_id":"f751368b6ae016cd610c652737505cba"}}}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"409":{"description":"`job-ended`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/v1/jobs/{id}/events":{"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string","format":"uuid"},"examples":{"a job":{"value":"01a1fe80-b0b0-7b45-a7d3-c89409a6ad46"},"no job":{"value":"01a1fe80-0000-7000-8000-000000000000"}}}],"get":{"tags":["Jobs"],"operationId":"streamJob","summary":"Its progress, as it happens","description":"Server-sent events: `progress`, then `done`, `failed` or `cancelled`, and the end. `data` is the job without its result, `id` its\nrevision.\n","responses":{"200":{"description":"Ends with the job.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"text/event-stream":{"schema":{"type":"string"}}}},"400":{"description":"`invalid-parameter`, `invalid-version`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"404":{"description":"`not-found`: unknown, or expired.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"406":{"$ref":"#/components/responses/NotAcceptable"},"429":{"$ref":"#/components/responses/TooManyRequests"},"503":{"$ref":"#/components/responses/Unavailable"},"504":{"$ref":"#/components/responses/DeadlineExceeded"}}}},"/openapi.json":{"get":{"tags":["Contract"],"operationId":"getContract","summary":"This document","responses":{"200":{"description":"OpenAPI 3.1 in JSON.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/json":{"schema":{"type":"object"}}}},"429":{"$ref":"#/components/responses/TooManyRequests"}}}},"/docs":{"get":{"tags":["Contract"],"operationId":"getDocumentation","summary":"This document for people","responses":{"200":{"description":"A page.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"text/html":{"schema":{"type":"string"}}}},"429":{"$ref":"#/components/responses/TooManyRequests"}}}},"/problems":{"get":{"tags":["Contract"],"operationId":"listProblems","summary":"Every problem that there is","responses":{"200":{"description":"All of them.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/json":{"schema":{"type":"object","required":["problems"],"properties":{"problems":{"type":"array","items":{"$ref":"#/components/schemas/ProblemMeaning"}}}}}}},"429":{"$ref":"#/components/responses/TooManyRequests"}}}},"/problems/{code}":{"get":{"tags":["Contract"],"operationId":"getProblem","summary":"What a problem means","description":"Where the `type` of a problem leads. A page for browsers, by `Accept`.","parameters":[{"name":"code","in":"path","required":true,"schema":{"type":"string","minLength":1},"examples":{"a problem":{"value":"division-by-zero"},"no problem":{"value":"nothing-to-do"}}}],"responses":{"200":{"description":"Its meaning.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/ProblemMeaning"},"examples":{"a problem":{"value":{"code":"division-by-zero","title":"Division by zero","statuses":[422],"meaning":"The expression divides by zero."}}}},"text/html":{"schema":{"type":"string"}}}},"404":{"description":"`not-found`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"no problem":{"value":{"type":"http://127.0.0.1:8080/problems/not-found","title":"Not found","status":404,"detail":"there is no problem of this name; /problems lists them","instance":"/problems/nothing-to-do","request_id":"f751368b6ae016cd610c652737505cba"}}}}}},"429":{"$ref":"#/components/responses/TooManyRequests"}}}}},"components":{"securitySchemes":{"session":{"type":"apiKey","in":"cookie","name":"bursar_session","description":"Set by signing in; `__Host-bursar_session` where the service has https."},"csrf":{"type":"apiKey","in":"header","name":"X-CSRF-Token","description":"The `csrf_token` of `GET /v1/session`; with a session, in requests that change something."},"apiKey":{"type":"http","scheme":"bearer","description":"Made by the operator, with scopes."}},"headers":{"X-Request-Id":{"description":"Names the request in the log.","required":true,"schema":{"type":"string","pattern":"^[A-Za-z0-9._-]{8,128}$"}},"RateLimit-Policy":{"description":"The quota of this class of requests: `\"reads\";q=6000;w=60`.","schema":{"type":"string"}},"RateLimit":{"description":"What is left of it, and seconds until all of it is there again: `\"reads\";r=5999;t=1`.","schema":{"type":"string"}},"ETag":{"description":"Names this content.","required":true,"schema":{"type":"string"}},"Retry-After":{"description":"Seconds until it is worth trying again.","required":true,"schema":{"type":"integer","minimum":1}},"WWW-Authenticate":{"description":"How programs say who they are.","required":true,"schema":{"type":"string","const":"Bearer"}},"Bursar-Version":{"description":"What a read may send back to see this write: `bounty/<id>@<version>`.","required":true,"schema":{"type":"string"}}},"parameters":{"bountyID":{"name":"id","in":"path","required":true,"schema":{"type":"string","format":"uuid"},"examples":{"a bounty":{"value":"01a1fce9-a064-719a-9a44-7160c28a0d30"},"no bounty":{"value":"01a1fce9-0000-7000-8000-000000000000"}}},"cursor":{"name":"cursor","in":"query","description":"The `next_cursor` of an earlier answer.","schema":{"type":"string","pattern":"^([A-Za-z0-9_-]{21}[AQgw])?$"}},"bursarVersion":{"name":"Bursar-Version","in":"header","description":"Of a write's answer; this read waits for it.","schema":{"type":"string","pattern":"^bounty/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}@[1-9][0-9]{0,8}$"}},"ifNoneMatch":{"name":"If-None-Match","in":"header","description":"The `ETag` of an earlier answer; where it is still that, 304 without a body.","schema":{"type":"string"}},"owner":{"name":"owner","in":"path","required":true,"schema":{"type":"string","pattern":"^[A-Za-z0-9-]{1,39}$"},"examples":{"a repository":{"value":"acme"},"no repository":{"value":"nobody"}}},"repositoryName":{"name":"name","in":"path","required":true,"schema":{"type":"string","pattern":"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$"},"examples":{"a repository":{"value":"rocket-skates"},"no repository":{"value":"nothing"}}},"requestTimeout":{"name":"Request-Timeout","in":"header","description":"Seconds that the client waits, 0.001 to 60; 10 without it.","schema":{"type":"string","pattern":"^([1-9]|[1-5][0-9])([.][0-9]{1,3})?$"}}},"responses":{"NotAcceptable":{"description":"`not-acceptable`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"Unauthorized":{"description":"`not-signed-in`, `session-ended`, `unknown-key`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"WWW-Authenticate":{"$ref":"#/components/headers/WWW-Authenticate"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"ContentTooLarge":{"description":"`content-too-large`, `request-too-large`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"UnsupportedMediaType":{"description":"`unsupported-media-type`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"TooManyRequests":{"description":"`too-many-requests`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"Retry-After":{"$ref":"#/components/headers/Retry-After"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"Unavailable":{"description":"`unavailable`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"},"Retry-After":{"$ref":"#/components/headers/Retry-After"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"DeadlineExceeded":{"description":"`deadline-exceeded`.","headers":{"X-Request-Id":{"$ref":"#/components/headers/X-Request-Id"},"RateLimit":{"$ref":"#/components/headers/RateLimit"},"RateLimit-Policy":{"$ref":"#/components/headers/RateLimit-Policy"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}}},"schemas":{"Problem":{"type":"object","description":"RFC 9457.","required":["type","title","status","detail","request_id"],"additionalProperties":false,"properties":{"type":{"type":"string","description":"`<public URL>/problems/<code>`."},"title":{"type":"string"},"status":{"type":"integer","minimum":400,"maximum":599},"detail":{"type":"string","description":"For people."},"instance":{"type":"string","description":"The path of the request."},"request_id":{"type":"string"},"position":{"type":"integer","minimum":1,"description":"Where in an expression: its first character has position 1."},"errors":{"type":"array","items":{"type":"object","required":["pointer","detail"],"additionalProperties":false,"properties":{"pointer":{"type":"string","description":"Into the body (RFC 6901), or `?name` of a query parameter."},"detail":{"type":"string"}}}}}},"ProblemMeaning":{"type":"object","required":["code","title","statuses","meaning"],"additionalProperties":false,"properties":{"code":{"type":"string"},"title":{"type":"string"},"statuses":{"type":"array","items":{"type":"integer"}},"meaning":{"type":"string"}}},"ID":{"type":"integer","description":"Of GitHub.","minimum":1,"maximum":9223372036854775807},"Time":{"type":"string","format":"date-time","description":"RFC 3339, in UTC, with milliseconds."},"Units":{"type":"string","description":"A whole number of smallest units.","pattern":"^(0|[1-9][0-9]{0,99})$"},"Number":{"type":"string","description":"A decimal number.","pattern":"^-?[0-9]{1,40}([.][0-9]{1,40})?$"},"Asset":{"type":"string","description":"CAIP-19."},"Wallet":{"type":"string","description":"CAIP-10."},"Signature":{"type":"string","description":"Solana: base58. Ethereum: 0x and hexadecimal digits. Cosmos: base64."},"PublicKey":{"type":["string","null"],"description":"Of Cosmos: base64."},"Precision":{"type":["integer","null"],"description":"Significant digits.","minimum":1,"maximum":10000,"default":34},"Rounding":{"type":["string","null"],"enum":["half-even","half-up","half-down","up","down","ceiling","floor",null],"default":"half-even"},"Account":{"type":"object","required":["id","login"],"additionalProperties":false,"properties":{"id":{"$ref":"#/components/schemas/ID"},"login":{"type":"string","description":"A label; it may change."}}},"BountyState":{"type":"string","enum":["proposed","active","awarded","settling","settled","paid","expired","cancelled"]},"Bounty":{"type":"object","required":["id","version","state","amount","units","denomination","decimals","asset","repository","issue","source","sponsor","created_at","updated_at","expires_at","shares"],"additionalProperties":false,"properties":{"id":{"type":"string","format":"uuid"},"version":{"type":"integer","minimum":1},"state":{"$ref":"#/components/schemas/BountyState"},"amount":{"type":"string"},"units":{"$ref":"#/components/schemas/Units"},"denomination":{"type":"string"},"decimals":{"type":"integer","minimum":0},"asset":{"$ref":"#/components/schemas/Asset"},"repository":{"type":"object","required":["id","full_name"],"additionalProperties":false,"properties":{"id":{"$ref":"#/components/schemas/ID"},"full_name":{"type":"string","description":"`owner/name`: a label; it may change."}}},"issue":{"type":"object","required":["id","number","title","url","is_pull_request"],"additionalProperties":false,"properties":{"id":{"$ref":"#/components/schemas/ID"},"number":{"type":"integer","minimum":1},"title":{"type":"string"},"url":{"type":"string"},"is_pull_request":{"type":"boolean"}}},"source":{"type":"object","description":"The text that it stands in.","required":["kind","id","url"],"additionalProperties":false,"properties":{"kind":{"type":"string","enum":["issue_comment","issue","pull_request"]},"id":{"$ref":"#/components/schemas/ID"},"url":{"type":"string"},"created_at":{"$ref":"#/components/schemas/Time"}}},"sponsor":{"$ref":"#/components/schemas/Account"},"wallet":{"type":"string","description":"CAIP-10: what signed, once active."},"created_at":{"$ref":"#/components/schemas/Time"},"updated_at":{"$ref":"#/components/schemas/Time"},"expires_at":{"$ref":"#/components/schemas/Time"},"award":{"type":"object","description":"Who gets it, and why; once awarded.","required":["ground","by","at","recipients"],"additionalProperties":false,"properties":{"ground":{"type":"string","enum":["issue_closed","pull_request_merged","command"]},"by":{"$ref":"#/components/schemas/Account"},"at":{"$ref":"#/components/schemas/Time"},"url":{"type":"string"},"recipients":{"type":"array","items":{"type":"object","required":["account","weight"],"additionalProperties":false,"properties":{"account":{"$ref":"#/components/schemas/Account"},"weight":{"type":"integer","minimum":1}}}}}},"shares":{"type":"array","items":{"$ref":"#/components/schemas/Share"}}}},"Share":{"type":"object","description":"What one recipient gets.","required":["recipient","amount","units","state"],"additionalProperties":false,"properties":{"recipient":{"$ref":"#/components/schemas/Account"},"amount":{"type":"string"},"units":{"$ref":"#/components/schemas/Units"},"state":{"type":"string","enum":["pending","awaiting_wallet","ordered","paid","empty"]},"payout":{"type":"string","format":"uuid","description":"The payout order."}}},"BountyList":{"type":"object","required":["bounties","next_cursor"],"additionalProperties":false,"properties":{"bounties":{"type":"array","maxItems":100,"items":{"$ref":"#/components/schemas/Bounty"}},"next_cursor":{"type":["string","null"]}}},"History":{"type":"object","required":["events"],"additionalProperties":false,"properties":{"events":{"type":"array","items":{"type":"object","required":["version","type","time","data"],"additionalProperties":false,"properties":{"version":{"type":"integer","minimum":1},"type":{"type":"string"},"time":{"$ref":"#/components/schemas/Time"},"data":{"type":"object"}}}}}},"Total":{"type":"object","required":["count","amount","units"],"additionalProperties":false,"properties":{"count":{"type":"integer","minimum":1},"amount":{"type":"string"},"units":{"$ref":"#/components/schemas/Units"}}},"RepositoryOverview":{"type":"object","required":["repository","denominations"],"additionalProperties":false,"properties":{"repository":{"type":"object","required":["id","full_name"],"additionalProperties":false,"properties":{"id":{"$ref":"#/components/schemas/ID"},"full_name":{"type":"string"}}},"denominations":{"type":"array","items":{"type":"object","required":["denomination","decimals","asset","states"],"additionalProperties":false,"properties":{"denomination":{"type":"string"},"decimals":{"type":"integer","minimum":0},"asset":{"$ref":"#/components/schemas/Asset"},"states":{"type":"object","description":"By the state of the bounties.","additionalProperties":{"$ref":"#/components/schemas/Total"}}}}}}},"Leaderboard":{"type":"object","required":["by","boards"],"additionalProperties":false,"properties":{"by":{"type":"string","enum":["solvers","sponsors"]},"boards":{"type":"array","items":{"type":"object","required":["denomination","decimals","asset","leaders","next_cursor"],"additionalProperties":false,"properties":{"denomination":{"type":"string"},"decimals":{"type":"integer","minimum":0},"asset":{"$ref":"#/components/schemas/Asset"},"leaders":{"type":"array","items":{"type":"object","required":["account","amount","units","count"],"additionalProperties":false,"properties":{"account":{"$ref":"#/components/schemas/Account"},"amount":{"type":"string"},"units":{"$ref":"#/components/schemas/Units"},"count":{"type":"integer","minimum":1,"description":"Bounties, or shares of them."}}}},"next_cursor":{"type":["string","null"]}}}}}},"PayoutState":{"type":"string","enum":["issued","acknowledged"]},"Payout":{"type":"object","description":"`canonical` and `signature` are the order itself, and verify on their own; the other members say the same in parts.","required":["id","bounty","recipient","account","asset","units","issued_at","key_id","canonical","signature","state"],"additionalProperties":false,"properties":{"id":{"type":"string","format":"uuid"},"bounty":{"type":"string","format":"uuid"},"recipient":{"$ref":"#/components/schemas/Account"},"account":{"type":"string","description":"CAIP-10: pinned for good."},"asset":{"$ref":"#/components/schemas/Asset"},"units":{"$ref":"#/components/schemas/Units"},"issued_at":{"$ref":"#/components/schemas/Time"},"key_id":{"type":"string"},"canonical":{"type":"string","description":"What is signed after `bursar-payout-order-v1` and a line feed; canonical JSON (RFC 8785)."},"signature":{"type":"string","description":"Ed25519 in base64."},"state":{"$ref":"#/components/schemas/PayoutState"},"transaction":{"type":"string"}}},"PayoutList":{"type":"object","required":["payouts","next_cursor"],"additionalProperties":false,"properties":{"payouts":{"type":"array","maxItems":100,"items":{"$ref":"#/components/schemas/Payout"}},"next_cursor":{"type":["string","null"]}}},"PayoutKey":{"type":"object","required":["id","algorithm","public_key"],"additionalProperties":false,"properties":{"id":{"type":"string"},"algorithm":{"type":"string","const":"Ed25519"},"public_key":{"type":"string","description":"32 bytes in base64."}}},"Denomination":{"type":"object","required":["symbol","decimals","minimum","maximum","chain","asset","family"],"additionalProperties":false,"properties":{"symbol":{"type":"string"},"decimals":{"type":"integer","minimum":0},"minimum":{"type":"string"},"maximum":{"type":"string"},"chain":{"type":"string","description":"CAIP-2."},"asset":{"$ref":"#/components/schemas/Asset"},"family":{"type":"string","enum":["solana","ethereum","cosmos"]}}},"Challenge":{"type":"object","required":["challenge","message","expires_at"],"additionalProperties":false,"properties":{"challenge":{"type":"string"},"message":{"type":"string"},"expires_at":{"$ref":"#/components/schemas/Time"},"previous_wallet":{"type":"string","description":"CAIP-10."}}},"Link":{"type":"object","required":["id","family","state","linked_at","effective_at"],"additionalProperties":false,"properties":{"id":{"type":"string","format":"uuid"},"github":{"$ref":"#/components/schemas/Account"},"wallet":{"type":"string","description":"CAIP-10."},"family":{"type":"string","enum":["solana","ethereum","cosmos"]},"state":{"type":"string","enum":["pending","active","revoked"]},"linked_at":{"$ref":"#/components/schemas/Time"},"effective_at":{"$ref":"#/components/schemas/Time"},"revoked_at":{"$ref":"#/components/schemas/Time"}}},"Identity":{"type":"object","required":["github","links"],"additionalProperties":false,"properties":{"github":{"$ref":"#/components/schemas/Account"},"links":{"type":"array","items":{"$ref":"#/components/schemas/Link"}}}},"Session":{"type":"object","required":["expires_at"],"additionalProperties":false,"properties":{"github":{"$ref":"#/components/schemas/Account"},"csrf_token":{"type":"string"},"program":{"type":"string","description":"The name of the API key."},"scopes":{"type":"array","items":{"type":"string","enum":["payouts","read"]}},"expires_at":{"$ref":"#/components/schemas/Time"}}},"Evaluation":{"type":"object","required":["result","exact"],"additionalProperties":false,"properties":{"result":{"type":"string","description":"Decimal, in scientific notation beyond 10,000 digits of magnitude, or `true` or `false`."},"exact":{"type":"boolean"},"digits":{"type":"integer","description":"Significant digits that it was rounded to."}}},"EvaluationError":{"type":"object","required":["error"],"additionalProperties":false,"properties":{"error":{"type":"object","required":["code","detail"],"additionalProperties":false,"properties":{"code":{"type":"string"},"detail":{"type":"string"},"position":{"type":"integer","minimum":1}}}}},"Job":{"type":"object","required":["id","kind","state","progress","created_at","expires_at"],"additionalProperties":false,"properties":{"id":{"type":"string","format":"uuid"},"kind":{"type":"string","enum":["batch","summarize"]},"state":{"type":"string","enum":["queued","running","done","failed","cancelled"]},"progress":{"type":"object","required":["done","total","percent"],"additionalProperties":false,"properties":{"done":{"type":"integer","minimum":0},"total":{"type":"integer","minimum":0},"percent":{"type":"number","minimum":0,"maximum":100},"remaining_seconds":{"type":"integer","minimum":0,"description":"An estimate."}}},"created_at":{"$ref":"#/components/schemas/Time"},"expires_at":{"$ref":"#/components/schemas/Time","description":"Until when it is kept."},"result":{"type":"object","description":"As of the call; once done."},"error":{"type":"object","required":["code","detail"],"additionalProperties":false,"properties":{"code":{"type":"string"},"detail":{"type":"string"}}}}},"Summary":{"type":"object","required":["count","sum","quantiles","exact"],"additionalProperties":false,"properties":{"count":{"type":"integer","minimum":0},"sum":{"type":"string"},"mean":{"type":"string"},"variance":{"type":"string"},"min":{"type":"string"},"max":{"type":"string"},"quantiles":{"type":"object","additionalProperties":{"type":"string"}},"exact":{"type":"boolean"}}}}}}
"""#

    /// `/docs`.
    static let html = #"""
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Bursar: the API</title>
<link rel="stylesheet" href="/assets/bursar.css">
</head>
<body>
<main class="docs">
<h1>Bursar: the API</h1>
<p>Bounties on GitHub issues, and exact calculations.</p>
<p>As a document for programs: <a href="/openapi.json">OpenAPI 3.1</a>. What problems mean: <a href="/problems">all of them</a>.</p>
<p><strong>Numbers are texts.</strong> Amounts, units, results and values are decimal texts, so that nothing on the way makes binary floating point of them: <code>amount</code> as people write it, <code>units</code> in the smallest unit of the denomination.</p>
<p><strong>Errors</strong> are problem documents (RFC 9457, <code>application/problem+json</code>). <code>type</code> ends in the problem's code, and leads to what it means; <code>errors</code> names members of the body by JSON pointer (RFC 6901) and query parameters as <code>?name</code>; <code>request_id</code> finds the request in the log. Any request can be answered 400 <code>malformed-request</code>, 408 <code>request-timeout</code>, 431 <code>headers-too-large</code>, 500 <code>internal-error</code>, and, where there is too much to do, 503 <code>unavailable</code>.</p>
<p><strong>Request ids.</strong> Every answer has <code>X-Request-Id</code>: that of the request, where it is 8 to 128 letters, digits, <code>-</code>, <code>_</code> or <code>.</code>, else one of ours. The trace id of <code>traceparent</code> (W3C Trace Context) is in the log beside it, and goes on to other services.</p>
<p><strong>Limits.</strong> Each client, a session, an API key or a network address, has a quota a minute for each class of requests: <code>reads</code>, <code>calculations</code>, <code>writes</code>, <code>login</code>, <code>live</code>. <code>RateLimit-Policy</code> and <code>RateLimit</code> tell it (draft-ietf-httpapi-ratelimit-headers-10); beyond it the answer is 429 with <code>Retry-After</code>. A body that comes more slowly than 8 KiB a second for more than 20 seconds is answered 408; target and headers may have 32 KiB and 100 headers.</p>
<p><strong>Who asks.</strong> Browsers come with the session's cookie, and in requests that change something with <code>X-CSRF-Token</code> too; programs with <code>Authorization: Bearer</code> and an API key.</p>
<p><strong>Reading what was written.</strong> A write's answer has <code>Bursar-Version</code>; a read that sends it back waits, up to 5 seconds, until it can show that version.</p>
<p><strong>Query parameters</strong> that are empty count as not given; unknown and repeated ones are refused.</p>
<p><strong>Lists</strong> come in pages, the newest first: <code>next_cursor</code> of one is <code>cursor</code> of the next, and null on the last.</p>
<nav aria-label="Contents">
<ul>
<li><a href="#tag-bounties">Bounties</a>
<ul>
<li><a href="#listBounties"><code>GET /v1/bounties</code></a> Bounties, the newest first</li>
<li><a href="#getBounty"><code>GET /v1/bounties/{id}</code></a> One bounty</li>
<li><a href="#getBountyHistory"><code>GET /v1/bounties/{id}/history</code></a> Its events, the oldest first</li>
<li><a href="#getStatusComment"><code>GET /v1/bounties/{id}/comment</code></a> The status comment of its issue, as it is or would be on GitHub</li>
<li><a href="#listDenominations"><code>GET /v1/denominations</code></a> What bounties may be made of</li>
</ul></li>
<li><a href="#tag-board">Board</a>
<ul>
<li><a href="#getRepository"><code>GET /v1/repositories/{owner}/{name}</code></a> A repository's totals, by denomination and state</li>
<li><a href="#getBadge"><code>GET /v1/repositories/{owner}/{name}/badge.svg</code></a> What is open in a repository, as a picture</li>
<li><a href="#listBountiesOfIssue"><code>GET /v1/repositories/{owner}/{name}/issues/{number}/bounties</code></a> The bounties on an issue, the newest first</li>
<li><a href="#getLeaderboard"><code>GET /v1/leaderboard</code></a> Who was paid, or paid, the most</li>
<li><a href="#streamEvents"><code>GET /v1/events</code></a> What happens, as it happens</li>
</ul></li>
<li><a href="#tag-signing">Signing</a>
<ul>
<li><a href="#createSigningChallenge"><code>POST /v1/bounties/{id}/challenge</code></a> The text that the sponsor signs</li>
<li><a href="#signBounty"><code>POST /v1/bounties/{id}/signature</code></a> Sign it, so that it is active</li>
</ul></li>
<li><a href="#tag-payouts">Payouts</a>
<ul>
<li><a href="#listPayouts"><code>GET /v1/payouts</code></a> Payout orders, the newest first</li>
<li><a href="#getPayout"><code>GET /v1/payouts/{id}</code></a> One payout order</li>
<li><a href="#acknowledgePayout"><code>POST /v1/payouts/{id}/acknowledgement</code></a> Say by which transaction it was executed</li>
<li><a href="#listPayoutKeys"><code>GET /v1/payout-keys</code></a> The public keys that orders verify with, old ones included</li>
</ul></li>
<li><a href="#tag-identities">Identities</a>
<ul>
<li><a href="#getIdentity"><code>GET /v1/identities/{account}</code></a> An account and its wallets</li>
<li><a href="#createLinkChallenge"><code>POST /v1/identities/challenges</code></a> The text that a wallet signs to be linked</li>
<li><a href="#linkWallet"><code>POST /v1/identities/links</code></a> Link the wallet that signed</li>
<li><a href="#unlinkWallet"><code>DELETE /v1/identities/links/{id}</code></a> Unlink a wallet, or stop a change</li>
</ul></li>
<li><a href="#tag-session">Session</a>
<ul>
<li><a href="#getSession"><code>GET /v1/session</code></a> Who the caller is</li>
<li><a href="#beginLogin"><code>GET /login/github</code></a> To GitHub's page</li>
<li><a href="#completeLogin"><code>GET /login/github/callback</code></a> Back from GitHub</li>
<li><a href="#logout"><code>POST /logout</code></a> End the session</li>
</ul></li>
<li><a href="#tag-calculations">Calculations</a>
<ul>
<li><a href="#evaluate"><code>POST /v1/calculations/evaluate</code></a> An expression</li>
<li><a href="#batch"><code>POST /v1/calculations/batch</code></a> Many expressions</li>
<li><a href="#summarize"><code>POST /v1/calculations/summarize</code></a> Count, sum, mean, variance, extremes, quantiles</li>
<li><a href="#allocate"><code>POST /v1/calculations/allocate</code></a> Whole units among weights</li>
<li><a href="#convert"><code>POST /v1/calculations/convert</code></a> Between denominations of one asset</li>
</ul></li>
<li><a href="#tag-pages">Pages</a>
<ul>
<li><a href="#getHome"><code>GET /</code></a> What is open, to look for and to page through</li>
<li><a href="#getBountyPage"><code>GET /bounties/{id}</code></a> A bounty, and signing it</li>
<li><a href="#getLinkPage"><code>GET /link</code></a> Own wallets</li>
<li><a href="#getCalculatorPage"><code>GET /calculator</code></a> The calculator</li>
<li><a href="#getJobPage"><code>GET /jobs/{id}</code></a> A job, how far it is, and its result</li>
</ul></li>
<li><a href="#tag-jobs">Jobs</a>
<ul>
<li><a href="#createJob"><code>POST /v1/jobs</code></a> Begin one</li>
<li><a href="#getJob"><code>GET /v1/jobs/{id}</code></a> How far it is, and its result</li>
<li><a href="#cancelJob"><code>DELETE /v1/jobs/{id}</code></a> Cancel it</li>
<li><a href="#streamJob"><code>GET /v1/jobs/{id}/events</code></a> Its progress, as it happens</li>
</ul></li>
<li><a href="#tag-contract">Contract</a>
<ul>
<li><a href="#getContract"><code>GET /openapi.json</code></a> This document</li>
<li><a href="#getDocumentation"><code>GET /docs</code></a> This document for people</li>
<li><a href="#listProblems"><code>GET /problems</code></a> Every problem that there is</li>
<li><a href="#getProblem"><code>GET /problems/{code}</code></a> What a problem means</li>
</ul></li>
<li><a href="#schemas">Schemas</a></li>
</ul>
</nav>
<h2 id="tag-bounties">Bounties</h2>
<p>What stands on issues, read from memory.</p>
<section id="listBounties">
<h3><code>GET /v1/bounties</code></h3>
<p>Bounties, the newest first.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>repository</code></td><td>query</td><td>string</td><td>The name, <code>owner/name</code> without case, or the id of a repository.</td></tr>
<tr><td><code>issue</code></td><td>query</td><td>integer, from 1 to 9,223,372,036,854,775,807</td><td>The number of an issue or pull request, with <code>repository</code>.</td></tr>
<tr><td><code>state</code></td><td>query</td><td><a href="#schema-BountyState">BountyState</a></td><td></td></tr>
<tr><td><code>denomination</code></td><td>query</td><td>string</td><td>A symbol, in any case.</td></tr>
<tr><td><code>sponsor</code></td><td>query</td><td>string</td><td>The login, without case, or the id of an account of GitHub.</td></tr>
<tr><td><code>q</code></td><td>query</td><td>string, to 200</td><td>Words, all of them in the repository, the title or the sponsor's login; the last by its beginning.</td></tr>
<tr><td><code>cursor</code></td><td>query</td><td>string</td><td>The <code>next_cursor</code> of an earlier answer.</td></tr>
<tr><td><code>limit</code></td><td>query</td><td>integer, from 1 to 100, <code>50</code> without it</td><td>Entries of the page.</td></tr>
<tr><td><code>Bursar-Version</code></td><td>header</td><td>string</td><td>Of a write's answer; this read waits for it.</td></tr>
<tr><td><code>If-None-Match</code></td><td>header</td><td>string</td><td>The <code>ETag</code> of an earlier answer; where it is still that, 304 without a body.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>A page.</td></tr>
<tr><td><code>304</code></td><td></td><td>As the client has it.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-parameter</code>, <code>invalid-version</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<p><strong>Answer 200: application/json</strong> <a href="#schema-BountyList">BountyList</a></p>
<details><summary>Answer 200: application/json, one page</summary>
<pre><code>{
  &quot;bounties&quot;: [
    {
      &quot;id&quot;: &quot;01a1fce9-a064-719a-9a44-7160c28a0d30&quot;,
      &quot;version&quot;: 1,
      &quot;state&quot;: &quot;proposed&quot;,
      &quot;amount&quot;: &quot;250&quot;,
      &quot;units&quot;: &quot;250000000&quot;,
      &quot;denomination&quot;: &quot;USDC&quot;,
      &quot;decimals&quot;: 6,
      &quot;asset&quot;: &quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v&quot;,
      &quot;repository&quot;: {
        &quot;id&quot;: 5000000001,
        &quot;full_name&quot;: &quot;acme/rocket-skates&quot;
      },
      &quot;issue&quot;: {
        &quot;id&quot;: 5000000002,
        &quot;number&quot;: 1,
        &quot;title&quot;: &quot;Brakes are missing&quot;,
        &quot;is_pull_request&quot;: false,
        &quot;url&quot;: &quot;http://127.0.0.1:8082/acme/rocket-skates/issues/1&quot;
      },
      &quot;source&quot;: {
        &quot;kind&quot;: &quot;issue_comment&quot;,
        &quot;id&quot;: 5000000003,
        &quot;created_at&quot;: &quot;2026-11-21T07:02:11.000Z&quot;,
        &quot;url&quot;: &quot;http://127.0.0.1:8082/acme/rocket-skates/issues/1#issuecomment-5000000003&quot;
      },
      &quot;sponsor&quot;: {
        &quot;id&quot;: 502,
        &quot;login&quot;: &quot;road-runner&quot;
      },
      &quot;created_at&quot;: &quot;2026-11-21T07:02:11.812Z&quot;,
      &quot;updated_at&quot;: &quot;2026-11-21T07:02:11.812Z&quot;,
      &quot;expires_at&quot;: &quot;2027-02-19T07:02:11.812Z&quot;,
      &quot;shares&quot;: []
    }
  ],
  &quot;next_cursor&quot;: &quot;AaH86aBkcZqaRHFgwooNMA&quot;
}</code></pre></details>
<details><summary>Answer 400: application/problem+json, unknown state</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/invalid-parameter&quot;,
  &quot;title&quot;: &quot;Invalid query parameter&quot;,
  &quot;status&quot;: 400,
  &quot;detail&quot;: &quot;the query parameter state must be one of proposed, active, awarded, settling, settled, paid, expired, cancelled&quot;,
  &quot;instance&quot;: &quot;/v1/bounties&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;,
  &quot;errors&quot;: [
    {
      &quot;pointer&quot;: &quot;?state&quot;,
      &quot;detail&quot;: &quot;must be one of proposed, active, awarded, settling, settled, paid, expired, cancelled&quot;
    }
  ]
}</code></pre></details>
</section>
<section id="getBounty">
<h3><code>GET /v1/bounties/{id}</code></h3>
<p>One bounty.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>id</code></td><td>path</td><td>string (uuid)</td><td></td></tr>
<tr><td><code>Bursar-Version</code></td><td>header</td><td>string</td><td>Of a write's answer; this read waits for it.</td></tr>
<tr><td><code>If-None-Match</code></td><td>header</td><td>string</td><td>The <code>ETag</code> of an earlier answer; where it is still that, 304 without a body.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>The bounty.</td></tr>
<tr><td><code>304</code></td><td></td><td>As the client has it.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-parameter</code>, <code>invalid-version</code>.</td></tr>
<tr><td><code>404</code></td><td>application/problem+json</td><td><code>not-found</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<p><strong>Answer 200: application/json</strong> <a href="#schema-Bounty">Bounty</a></p>
<details><summary>Answer 200: application/json, a bounty</summary>
<pre><code>{
  &quot;id&quot;: &quot;01a1fce9-a064-719a-9a44-7160c28a0d30&quot;,
  &quot;version&quot;: 1,
  &quot;state&quot;: &quot;proposed&quot;,
  &quot;amount&quot;: &quot;250&quot;,
  &quot;units&quot;: &quot;250000000&quot;,
  &quot;denomination&quot;: &quot;USDC&quot;,
  &quot;decimals&quot;: 6,
  &quot;asset&quot;: &quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v&quot;,
  &quot;repository&quot;: {
    &quot;id&quot;: 5000000001,
    &quot;full_name&quot;: &quot;acme/rocket-skates&quot;
  },
  &quot;issue&quot;: {
    &quot;id&quot;: 5000000002,
    &quot;number&quot;: 1,
    &quot;title&quot;: &quot;Brakes are missing&quot;,
    &quot;is_pull_request&quot;: false,
    &quot;url&quot;: &quot;http://127.0.0.1:8082/acme/rocket-skates/issues/1&quot;
  },
  &quot;source&quot;: {
    &quot;kind&quot;: &quot;issue_comment&quot;,
    &quot;id&quot;: 5000000003,
    &quot;created_at&quot;: &quot;2026-11-21T07:02:11.000Z&quot;,
    &quot;url&quot;: &quot;http://127.0.0.1:8082/acme/rocket-skates/issues/1#issuecomment-5000000003&quot;
  },
  &quot;sponsor&quot;: {
    &quot;id&quot;: 502,
    &quot;login&quot;: &quot;road-runner&quot;
  },
  &quot;created_at&quot;: &quot;2026-11-21T07:02:11.812Z&quot;,
  &quot;updated_at&quot;: &quot;2026-11-21T07:02:11.812Z&quot;,
  &quot;expires_at&quot;: &quot;2027-02-19T07:02:11.812Z&quot;,
  &quot;shares&quot;: []
}</code></pre></details>
<details><summary>Answer 404: application/problem+json, no bounty</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/not-found&quot;,
  &quot;title&quot;: &quot;Not found&quot;,
  &quot;status&quot;: 404,
  &quot;detail&quot;: &quot;there is no bounty with this id&quot;,
  &quot;instance&quot;: &quot;/v1/bounties/01a1fce9-0000-7000-8000-000000000000&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;
}</code></pre></details>
</section>
<section id="getBountyHistory">
<h3><code>GET /v1/bounties/{id}/history</code></h3>
<p>Its events, the oldest first.</p>
<p>From the bounty service's own table, so 503 while that service is away.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>id</code></td><td>path</td><td>string (uuid)</td><td></td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>The events.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-parameter</code>, <code>invalid-version</code>.</td></tr>
<tr><td><code>404</code></td><td>application/problem+json</td><td><code>not-found</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<p><strong>Answer 200: application/json</strong> <a href="#schema-History">History</a></p>
<details><summary>Answer 200: application/json, a bounty</summary>
<pre><code>{
  &quot;events&quot;: [
    {
      &quot;version&quot;: 1,
      &quot;type&quot;: &quot;bursar.bounty.proposed.v1&quot;,
      &quot;time&quot;: &quot;2026-11-21T07:02:11.812Z&quot;,
      &quot;data&quot;: {
        &quot;bounty&quot;: {
          &quot;id&quot;: &quot;01a1fce9-a064-719a-9a44-7160c28a0d30&quot;,
          &quot;version&quot;: 1,
          &quot;state&quot;: &quot;proposed&quot;,
          &quot;amount&quot;: &quot;250&quot;,
          &quot;units&quot;: &quot;250000000&quot;,
          &quot;denomination&quot;: &quot;USDC&quot;,
          &quot;decimals&quot;: 6,
          &quot;asset&quot;: &quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v&quot;,
          &quot;repository&quot;: {
            &quot;id&quot;: 5000000001,
            &quot;full_name&quot;: &quot;acme/rocket-skates&quot;
          },
          &quot;issue&quot;: {
            &quot;id&quot;: 5000000002,
            &quot;number&quot;: 1,
            &quot;title&quot;: &quot;Brakes are missing&quot;,
            &quot;is_pull_request&quot;: false,
            &quot;url&quot;: &quot;http://127.0.0.1:8082/acme/rocket-skates/issues/1&quot;
          },
          &quot;source&quot;: {
            &quot;kind&quot;: &quot;issue_comment&quot;,
            &quot;id&quot;: 5000000003,
            &quot;created_at&quot;: &quot;2026-11-21T07:02:11.000Z&quot;,
            &quot;url&quot;: &quot;http://127.0.0.1:8082/acme/rocket-skates/issues/1#issuecomment-5000000003&quot;
          },
          &quot;sponsor&quot;: {
            &quot;id&quot;: 502,
            &quot;login&quot;: &quot;road-runner&quot;
          },
          &quot;created_at&quot;: &quot;2026-11-21T07:02:11.812Z&quot;,
          &quot;updated_at&quot;: &quot;2026-11-21T07:02:11.812Z&quot;,
          &quot;expires_at&quot;: &quot;2027-02-19T07:02:11.812Z&quot;,
          &quot;shares&quot;: []
        }
      }
    }
  ]
}</code></pre></details>
</section>
<section id="getStatusComment">
<h3><code>GET /v1/bounties/{id}/comment</code></h3>
<p>The status comment of its issue, as it is or would be on GitHub.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>id</code></td><td>path</td><td>string (uuid)</td><td></td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>In Markdown; null where there is nothing to say.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-parameter</code>, <code>invalid-version</code>.</td></tr>
<tr><td><code>404</code></td><td>application/problem+json</td><td><code>not-found</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answer 200: application/json</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>markdown</code></td><td>string or null</td><td></td></tr>
</tbody>
</table>
</div>
<details><summary>Answer 200: application/json, a bounty</summary>
<pre><code>{
  &quot;markdown&quot;: &quot;### Bounties\n…&quot;
}</code></pre></details>
</section>
<section id="listDenominations">
<h3><code>GET /v1/denominations</code></h3>
<p>What bounties may be made of.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>If-None-Match</code></td><td>header</td><td>string</td><td>The <code>ETag</code> of an earlier answer; where it is still that, 304 without a body.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>All of them.</td></tr>
<tr><td><code>304</code></td><td></td><td>As the client has it.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-parameter</code>, <code>invalid-version</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answer 200: application/json</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>denominations</code></td><td>array of <a href="#schema-Denomination">Denomination</a></td><td></td></tr>
</tbody>
</table>
</div>
<details><summary>Answer 200: application/json, all</summary>
<pre><code>{
  &quot;denominations&quot;: [
    {
      &quot;symbol&quot;: &quot;USDC&quot;,
      &quot;decimals&quot;: 6,
      &quot;minimum&quot;: &quot;0.01&quot;,
      &quot;maximum&quot;: &quot;1000000&quot;,
      &quot;chain&quot;: &quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp&quot;,
      &quot;asset&quot;: &quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v&quot;,
      &quot;family&quot;: &quot;solana&quot;
    }
  ]
}</code></pre></details>
</section>
<h2 id="tag-board">Board</h2>
<p>The public view: repositories, issues, leaders, live events.</p>
<section id="getRepository">
<h3><code>GET /v1/repositories/{owner}/{name}</code></h3>
<p>A repository's totals, by denomination and state.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>owner</code></td><td>path</td><td>string</td><td></td></tr>
<tr><td><code>name</code></td><td>path</td><td>string</td><td></td></tr>
<tr><td><code>Bursar-Version</code></td><td>header</td><td>string</td><td>Of a write's answer; this read waits for it.</td></tr>
<tr><td><code>If-None-Match</code></td><td>header</td><td>string</td><td>The <code>ETag</code> of an earlier answer; where it is still that, 304 without a body.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>The totals. Denominations are never added to each other.</td></tr>
<tr><td><code>304</code></td><td></td><td>As the client has it.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-parameter</code>, <code>invalid-version</code>.</td></tr>
<tr><td><code>404</code></td><td>application/problem+json</td><td><code>not-found</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<p><strong>Answer 200: application/json</strong> <a href="#schema-RepositoryOverview">RepositoryOverview</a></p>
<details><summary>Answer 200: application/json, a repository</summary>
<pre><code>{
  &quot;repository&quot;: {
    &quot;id&quot;: 5000000001,
    &quot;full_name&quot;: &quot;acme/rocket-skates&quot;
  },
  &quot;denominations&quot;: [
    {
      &quot;denomination&quot;: &quot;USDC&quot;,
      &quot;decimals&quot;: 6,
      &quot;asset&quot;: &quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v&quot;,
      &quot;states&quot;: {
        &quot;proposed&quot;: {
          &quot;count&quot;: 1,
          &quot;amount&quot;: &quot;250&quot;,
          &quot;units&quot;: &quot;250000000&quot;
        }
      }
    }
  ]
}</code></pre></details>
<details><summary>Answer 404: application/problem+json, no repository</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/not-found&quot;,
  &quot;title&quot;: &quot;Not found&quot;,
  &quot;status&quot;: 404,
  &quot;detail&quot;: &quot;no bounty is in a repository of this name&quot;,
  &quot;instance&quot;: &quot;/v1/repositories/nobody/nothing&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;
}</code></pre></details>
</section>
<section id="getBadge">
<h3><code>GET /v1/repositories/{owner}/{name}/badge.svg</code></h3>
<p>What is open in a repository, as a picture.</p>
<p>Of any name: a repository without bounties has a badge too.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>owner</code></td><td>path</td><td>string</td><td></td></tr>
<tr><td><code>name</code></td><td>path</td><td>string</td><td></td></tr>
<tr><td><code>If-None-Match</code></td><td>header</td><td>string</td><td>The <code>ETag</code> of an earlier answer; where it is still that, 304 without a body.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>image/svg+xml</td><td>To be kept for a minute.</td></tr>
<tr><td><code>304</code></td><td></td><td>As the client has it.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-parameter</code>, <code>invalid-version</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
</tbody>
</table>
</div>
</section>
<section id="listBountiesOfIssue">
<h3><code>GET /v1/repositories/{owner}/{name}/issues/{number}/bounties</code></h3>
<p>The bounties on an issue, the newest first.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>owner</code></td><td>path</td><td>string</td><td></td></tr>
<tr><td><code>name</code></td><td>path</td><td>string</td><td></td></tr>
<tr><td><code>number</code></td><td>path</td><td>integer, from 1 to 9,223,372,036,854,775,807</td><td></td></tr>
<tr><td><code>cursor</code></td><td>query</td><td>string</td><td>The <code>next_cursor</code> of an earlier answer.</td></tr>
<tr><td><code>limit</code></td><td>query</td><td>integer, from 1 to 100, <code>50</code> without it</td><td>Entries of the page.</td></tr>
<tr><td><code>Bursar-Version</code></td><td>header</td><td>string</td><td>Of a write's answer; this read waits for it.</td></tr>
<tr><td><code>If-None-Match</code></td><td>header</td><td>string</td><td>The <code>ETag</code> of an earlier answer; where it is still that, 304 without a body.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>A page; empty where there are none.</td></tr>
<tr><td><code>304</code></td><td></td><td>As the client has it.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-parameter</code>, <code>invalid-version</code>.</td></tr>
<tr><td><code>404</code></td><td>application/problem+json</td><td><code>not-found</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<p><strong>Answer 200: application/json</strong> <a href="#schema-BountyList">BountyList</a></p>
<details><summary>Answer 200: application/json, a repository</summary>
<pre><code>{
  &quot;bounties&quot;: [
    {
      &quot;id&quot;: &quot;01a1fce9-a064-719a-9a44-7160c28a0d30&quot;,
      &quot;version&quot;: 1,
      &quot;state&quot;: &quot;proposed&quot;,
      &quot;amount&quot;: &quot;250&quot;,
      &quot;units&quot;: &quot;250000000&quot;,
      &quot;denomination&quot;: &quot;USDC&quot;,
      &quot;decimals&quot;: 6,
      &quot;asset&quot;: &quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v&quot;,
      &quot;repository&quot;: {
        &quot;id&quot;: 5000000001,
        &quot;full_name&quot;: &quot;acme/rocket-skates&quot;
      },
      &quot;issue&quot;: {
        &quot;id&quot;: 5000000002,
        &quot;number&quot;: 1,
        &quot;title&quot;: &quot;Brakes are missing&quot;,
        &quot;is_pull_request&quot;: false,
        &quot;url&quot;: &quot;http://127.0.0.1:8082/acme/rocket-skates/issues/1&quot;
      },
      &quot;source&quot;: {
        &quot;kind&quot;: &quot;issue_comment&quot;,
        &quot;id&quot;: 5000000003,
        &quot;created_at&quot;: &quot;2026-11-21T07:02:11.000Z&quot;,
        &quot;url&quot;: &quot;http://127.0.0.1:8082/acme/rocket-skates/issues/1#issuecomment-5000000003&quot;
      },
      &quot;sponsor&quot;: {
        &quot;id&quot;: 502,
        &quot;login&quot;: &quot;road-runner&quot;
      },
      &quot;created_at&quot;: &quot;2026-11-21T07:02:11.812Z&quot;,
      &quot;updated_at&quot;: &quot;2026-11-21T07:02:11.812Z&quot;,
      &quot;expires_at&quot;: &quot;2027-02-19T07:02:11.812Z&quot;,
      &quot;shares&quot;: []
    }
  ],
  &quot;next_cursor&quot;: null
}</code></pre></details>
</section>
<section id="getLeaderboard">
<h3><code>GET /v1/leaderboard</code></h3>
<p>Who was paid, or paid, the most.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>by</code></td><td>query</td><td>string: <code>solvers</code>, <code>sponsors</code>, <code>solvers</code> without it</td><td></td></tr>
<tr><td><code>denomination</code></td><td>query</td><td>string</td><td>A symbol, in any case; all of them without it.</td></tr>
<tr><td><code>cursor</code></td><td>query</td><td>string</td><td>The <code>next_cursor</code> of one of the boards.</td></tr>
<tr><td><code>limit</code></td><td>query</td><td>integer, from 1 to 100, <code>10</code> without it</td><td>Leaders of each board.</td></tr>
<tr><td><code>Bursar-Version</code></td><td>header</td><td>string</td><td>Of a write's answer; this read waits for it.</td></tr>
<tr><td><code>If-None-Match</code></td><td>header</td><td>string</td><td>The <code>ETag</code> of an earlier answer; where it is still that, 304 without a body.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>A board for each denomination.</td></tr>
<tr><td><code>304</code></td><td></td><td>As the client has it.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-parameter</code>, <code>invalid-version</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<p><strong>Answer 200: application/json</strong> <a href="#schema-Leaderboard">Leaderboard</a></p>
<details><summary>Answer 200: application/json, sponsors</summary>
<pre><code>{
  &quot;by&quot;: &quot;sponsors&quot;,
  &quot;boards&quot;: [
    {
      &quot;denomination&quot;: &quot;USDC&quot;,
      &quot;decimals&quot;: 6,
      &quot;asset&quot;: &quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v&quot;,
      &quot;leaders&quot;: [
        {
          &quot;account&quot;: {
            &quot;id&quot;: 502,
            &quot;login&quot;: &quot;road-runner&quot;
          },
          &quot;amount&quot;: &quot;250&quot;,
          &quot;units&quot;: &quot;250000000&quot;,
          &quot;count&quot;: 1
        }
      ],
      &quot;next_cursor&quot;: null
    }
  ]
}</code></pre></details>
<details><summary>Answer 400: application/problem+json, unknown</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/invalid-parameter&quot;,
  &quot;title&quot;: &quot;Invalid query parameter&quot;,
  &quot;status&quot;: 400,
  &quot;detail&quot;: &quot;the query parameter by must be one of solvers, sponsors&quot;,
  &quot;instance&quot;: &quot;/v1/leaderboard&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;,
  &quot;errors&quot;: [
    {
      &quot;pointer&quot;: &quot;?by&quot;,
      &quot;detail&quot;: &quot;must be one of solvers, sponsors&quot;
    }
  ]
}</code></pre></details>
</section>
<section id="streamEvents">
<h3><code>GET /v1/events</code></h3>
<p>What happens, as it happens.</p>
<p>Server-sent events: <code>id</code> is the place in the stream, <code>event</code> the CloudEvents type, <code>data</code> the CloudEvents envelope in JSON. A client that comes back with <code>Last-Event-ID</code> misses nothing and gets nothing twice; where that cannot be, <code>event: reset</code> says to read everything anew. Who reads too slowly is cut off, and comes back.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>type</code></td><td>query</td><td>string: <code>bursar.bounty.proposed.v1</code>, <code>bursar.bounty.signed.v1,bursar.bounty.paid.v1</code></td><td>CloudEvents types, with commas between.</td></tr>
<tr><td><code>repository</code></td><td>query</td><td>string</td><td>The name or id of a repository.</td></tr>
<tr><td><code>sponsor</code></td><td>query</td><td>string</td><td>The login or id of an account.</td></tr>
<tr><td><code>bounty</code></td><td>query</td><td>string (uuid)</td><td></td></tr>
<tr><td><code>last_event_id</code></td><td>query</td><td>integer, from 0 to 1</td><td>As <code>Last-Event-ID</code>, which wins.</td></tr>
<tr><td><code>Last-Event-ID</code></td><td>header</td><td>integer, from 0 to 1</td><td>The id of the last event that the client has; 0 for all since the beginning.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>text/event-stream</td><td>Does not end by itself.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-parameter</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
</tbody>
</table>
</div>
<details><summary>Answer 200: text/event-stream, a repository&#x27;s</summary>
<pre><code>id: 12
event: bursar.bounty.proposed.v1
data: {&quot;id&quot;:&quot;…&quot;,&quot;source&quot;:&quot;/bursar/bounty&quot;,&quot;specversion&quot;:&quot;1.0&quot;,&quot;type&quot;:&quot;bursar.bounty.proposed.v1&quot;,&quot;data&quot;:{}}
</code></pre></details>
</section>
<h2 id="tag-signing">Signing</h2>
<p>How a sponsor makes a bounty active.</p>
<section id="createSigningChallenge">
<h3><code>POST /v1/bounties/{id}/challenge</code></h3>
<p>The text that the sponsor signs.</p>
<p>Its terms are the server's. It is good once, for 5 minutes.</p>
<p>Asked as: session and csrf.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>id</code></td><td>path</td><td>string (uuid)</td><td></td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Request: application/json</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>link</code></td><td>string</td><td>The token of the signing link in the status comment.</td></tr>
<tr><td><code>wallet</code></td><td><a href="#schema-Wallet">Wallet</a></td><td>CAIP-10.</td></tr>
</tbody>
</table>
</div>
<details><summary>Request: application/json, the sponsor</summary>
<pre><code>{
  &quot;link&quot;: &quot;bl1.AaH86aBkcZqaRHFgwooNMAAAAAEAAAAAAAAB9gAAAABreFE3.Gwanl_AcqmEhGQbh7DHXPbsUit6ZcIQ4W3D4b4bffz8&quot;,
  &quot;wallet&quot;: &quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:BGYtLEiZn5uFQTksJ2Gkv71A2K9X2C1ig6zDX577J2zC&quot;
}</code></pre></details>
<details><summary>Request: application/json, somebody else</summary>
<pre><code>{
  &quot;link&quot;: &quot;bl1.AaH86aBkcZqaRHFgwooNMAAAAAEAAAAAAAAB9gAAAABreFE3.Gwanl_AcqmEhGQbh7DHXPbsUit6ZcIQ4W3D4b4bffz8&quot;,
  &quot;wallet&quot;: &quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:BGYtLEiZn5uFQTksJ2Gkv71A2K9X2C1ig6zDX577J2zC&quot;
}</code></pre></details>
<details><summary>Request: application/json, nobody</summary>
<pre><code>{
  &quot;link&quot;: &quot;bl1.AaH86aBkcZqaRHFgwooNMAAAAAEAAAAAAAAB9gAAAABreFE3.Gwanl_AcqmEhGQbh7DHXPbsUit6ZcIQ4W3D4b4bffz8&quot;,
  &quot;wallet&quot;: &quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:BGYtLEiZn5uFQTksJ2Gkv71A2K9X2C1ig6zDX577J2zC&quot;
}</code></pre></details>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>What to sign, byte for byte.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-body</code>, <code>invalid-parameter</code>.</td></tr>
<tr><td><code>401</code></td><td>application/problem+json</td><td><code>not-signed-in</code>, <code>session-ended</code>, <code>unknown-key</code>.</td></tr>
<tr><td><code>403</code></td><td>application/problem+json</td><td><code>not-a-person</code>, <code>wrong-csrf-token</code>, <code>wrong-origin</code>, <code>wrong-link</code>, <code>not-the-sponsor</code>.</td></tr>
<tr><td><code>404</code></td><td>application/problem+json</td><td><code>not-found</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>409</code></td><td>application/problem+json</td><td><code>bounty-changed</code>, <code>not-proposed</code>, <code>bounty-expired</code>, <code>wallet-not-linked</code>.</td></tr>
<tr><td><code>413</code></td><td>application/problem+json</td><td><code>content-too-large</code>, <code>request-too-large</code>.</td></tr>
<tr><td><code>415</code></td><td>application/problem+json</td><td><code>unsupported-media-type</code>.</td></tr>
<tr><td><code>422</code></td><td>application/problem+json</td><td><code>wrong-chain</code>, <code>invalid-terms</code>, <code>invalid-wallet</code>, <code>unsupported-chain</code>, <code>unsupported-wallet</code>, <code>invalid-address</code>, <code>wrong-checksum</code>, <code>wrong-prefix</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>, <code>too-many-challenges</code>, <code>too-many-open-challenges</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<p><strong>Answer 200: application/json</strong> <a href="#schema-Challenge">Challenge</a></p>
<details><summary>Answer 200: application/json, the sponsor</summary>
<pre><code>{
  &quot;challenge&quot;: &quot;01a1fe80-f1d1-7b45-a7d3-c89409a6ad46&quot;,
  &quot;message&quot;: &quot;127.0.0.1:8080 wants you to sign in with your Solana account:\nBGYtLEiZn5uFQTksJ2Gkv71A2K9X2C1ig6zDX577J2zC\n\nSponsor 250 USDC (250000000 units of solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v) on issue 1 of acme/rocket-skates (id 5000000001) as the GitHub account 502. Bounty 01a1fce9-a064-719a-9a44-7160c28a0d30, version 1. Awarded when the issue is closed as completed by a merged pull request, or by /award.\n\nURI: http://127.0.0.1:8080/bounties/01a1fce9-a064-719a-9a44-7160c28a0d30\nVersion: 1\nChain ID: mainnet\nNonce: f3c166928dca2885b962f1b8d6abe39b\nIssued At: 2026-11-21T14:27:05.809Z\nExpiration Time: 2026-11-21T14:32:05.809Z\nRequest ID: 01a1fe80-f1d1-7b45-a7d3-c89409a6ad46&quot;,
  &quot;expires_at&quot;: &quot;2026-11-21T14:32:05.809Z&quot;
}</code></pre></details>
<details><summary>Answer 401: application/problem+json, nobody</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/not-signed-in&quot;,
  &quot;title&quot;: &quot;Not signed in&quot;,
  &quot;status&quot;: 401,
  &quot;detail&quot;: &quot;sign in with GitHub first: /login/github&quot;,
  &quot;instance&quot;: &quot;/v1/bounties/01a1fce9-a064-719a-9a44-7160c28a0d30/challenge&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;
}</code></pre></details>
<details><summary>Answer 403: application/problem+json, somebody else</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/not-the-sponsor&quot;,
  &quot;title&quot;: &quot;Not the sponsor&quot;,
  &quot;status&quot;: 403,
  &quot;detail&quot;: &quot;only the bounty&#x27;s sponsor, road-runner, can sign it&quot;,
  &quot;instance&quot;: &quot;/v1/bounties/01a1fce9-a064-719a-9a44-7160c28a0d30/challenge&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;
}</code></pre></details>
</section>
<section id="signBounty">
<h3><code>POST /v1/bounties/{id}/signature</code></h3>
<p>Sign it, so that it is active.</p>
<p>The same signature again gets the same answer.</p>
<p>Asked as: session and csrf.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>id</code></td><td>path</td><td>string (uuid)</td><td></td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Request: application/json</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>challenge</code></td><td>string</td><td>Of the challenge's answer.</td></tr>
<tr><td><code>signature</code></td><td><a href="#schema-Signature">Signature</a></td><td>Solana: base58. Ethereum: 0x and hexadecimal digits. Cosmos: base64.</td></tr>
<tr><td><code>public_key</code> <small>optional</small></td><td><a href="#schema-PublicKey">PublicKey</a></td><td>Of Cosmos: base64.</td></tr>
</tbody>
</table>
</div>
<details><summary>Request: application/json, the sponsor</summary>
<pre><code>{
  &quot;challenge&quot;: &quot;01a1fe80-f1d1-7b45-a7d3-c89409a6ad46&quot;,
  &quot;signature&quot;: &quot;2WzKpD3vHMXRkv8VKyJrGJ5Ea5vS2XGgN6P8LfQm7rYyqUzE7x8SgWcjT4hB1nRkD9mVfJcA6tLeQwXpHsUuZbNd&quot;
}</code></pre></details>
<details><summary>Request: application/json, no challenge</summary>
<pre><code>{
  &quot;challenge&quot;: &quot;01a1fe80-0000-7000-8000-000000000000&quot;,
  &quot;signature&quot;: &quot;2WzKpD3vHMXRkv8VKyJrGJ5Ea5vS2XGgN6P8LfQm7rYyqUzE7x8SgWcjT4hB1nRkD9mVfJcA6tLeQwXpHsUuZbNd&quot;
}</code></pre></details>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>The bounty, active.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-body</code>, <code>invalid-parameter</code>.</td></tr>
<tr><td><code>401</code></td><td>application/problem+json</td><td><code>not-signed-in</code>, <code>session-ended</code>, <code>unknown-key</code>.</td></tr>
<tr><td><code>403</code></td><td>application/problem+json</td><td><code>not-a-person</code>, <code>wrong-csrf-token</code>, <code>wrong-origin</code>, <code>other-account</code>, <code>not-the-sponsor</code>.</td></tr>
<tr><td><code>404</code></td><td>application/problem+json</td><td><code>not-found</code>, <code>unknown-challenge</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>409</code></td><td>application/problem+json</td><td><code>bounty-changed</code>, <code>not-proposed</code>, <code>bounty-expired</code>, <code>challenge-used</code>, <code>wallet-not-linked</code>.</td></tr>
<tr><td><code>413</code></td><td>application/problem+json</td><td><code>content-too-large</code>, <code>request-too-large</code>.</td></tr>
<tr><td><code>415</code></td><td>application/problem+json</td><td><code>unsupported-media-type</code>.</td></tr>
<tr><td><code>422</code></td><td>application/problem+json</td><td><code>other-bounty</code>, <code>other-purpose</code>, <code>other-domain</code>, <code>challenge-expired</code>, <code>not-yet-valid</code>, <code>malformed-signature</code>, <code>malformed-public-key</code>, <code>malleable-signature</code>, <code>signature-mismatch</code>, <code>contract-wallet</code>, <code>other-public-key</code>, <code>unsupported-wallet</code>, <code>no-previous-wallet</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>, <code>too-many-challenges</code>, <code>too-many-open-challenges</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<p><strong>Answer 200: application/json</strong> <a href="#schema-Bounty">Bounty</a></p>
<details><summary>Answer 200: application/json, the sponsor</summary>
<pre><code>{
  &quot;id&quot;: &quot;01a1fce9-a064-719a-9a44-7160c28a0d30&quot;,
  &quot;version&quot;: 2,
  &quot;state&quot;: &quot;active&quot;,
  &quot;amount&quot;: &quot;250&quot;,
  &quot;units&quot;: &quot;250000000&quot;,
  &quot;denomination&quot;: &quot;USDC&quot;,
  &quot;decimals&quot;: 6,
  &quot;asset&quot;: &quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v&quot;,
  &quot;repository&quot;: {
    &quot;id&quot;: 5000000001,
    &quot;full_name&quot;: &quot;acme/rocket-skates&quot;
  },
  &quot;issue&quot;: {
    &quot;id&quot;: 5000000002,
    &quot;number&quot;: 1,
    &quot;title&quot;: &quot;Brakes are missing&quot;,
    &quot;is_pull_request&quot;: false,
    &quot;url&quot;: &quot;http://127.0.0.1:8082/acme/rocket-skates/issues/1&quot;
  },
  &quot;source&quot;: {
    &quot;kind&quot;: &quot;issue_comment&quot;,
    &quot;id&quot;: 5000000003,
    &quot;created_at&quot;: &quot;2026-11-21T07:02:11.000Z&quot;,
    &quot;url&quot;: &quot;http://127.0.0.1:8082/acme/rocket-skates/issues/1#issuecomment-5000000003&quot;
  },
  &quot;sponsor&quot;: {
    &quot;id&quot;: 502,
    &quot;login&quot;: &quot;road-runner&quot;
  },
  &quot;created_at&quot;: &quot;2026-11-21T07:02:11.812Z&quot;,
  &quot;updated_at&quot;: &quot;2026-11-21T07:02:11.812Z&quot;,
  &quot;expires_at&quot;: &quot;2027-02-19T07:02:11.812Z&quot;,
  &quot;shares&quot;: [],
  &quot;wallet&quot;: &quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:BGYtLEiZn5uFQTksJ2Gkv71A2K9X2C1ig6zDX577J2zC&quot;
}</code></pre></details>
<details><summary>Answer 404: application/problem+json, no challenge</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/unknown-challenge&quot;,
  &quot;title&quot;: &quot;Unknown challenge&quot;,
  &quot;status&quot;: 404,
  &quot;detail&quot;: &quot;there is no such challenge, or it is long expired&quot;,
  &quot;instance&quot;: &quot;/v1/bounties/01a1fce9-a064-719a-9a44-7160c28a0d30/signature&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;
}</code></pre></details>
</section>
<h2 id="tag-payouts">Payouts</h2>
<p>Signed orders that a treasury executes and acknowledges.</p>
<section id="listPayouts">
<h3><code>GET /v1/payouts</code></h3>
<p>Payout orders, the newest first.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>state</code></td><td>query</td><td><a href="#schema-PayoutState">PayoutState</a></td><td></td></tr>
<tr><td><code>bounty</code></td><td>query</td><td>string</td><td></td></tr>
<tr><td><code>recipient</code></td><td>query</td><td><a href="#schema-ID">ID</a></td><td>The id of an account of GitHub.</td></tr>
<tr><td><code>cursor</code></td><td>query</td><td>string</td><td>The <code>next_cursor</code> of an earlier answer.</td></tr>
<tr><td><code>limit</code></td><td>query</td><td>integer, from 1 to 100, <code>50</code> without it</td><td>Entries of the page.</td></tr>
<tr><td><code>Bursar-Version</code></td><td>header</td><td>string</td><td>Of a write's answer; this read waits for it.</td></tr>
<tr><td><code>If-None-Match</code></td><td>header</td><td>string</td><td>The <code>ETag</code> of an earlier answer; where it is still that, 304 without a body.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>A page.</td></tr>
<tr><td><code>304</code></td><td></td><td>As the client has it.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-parameter</code>, <code>invalid-version</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<p><strong>Answer 200: application/json</strong> <a href="#schema-PayoutList">PayoutList</a></p>
<details><summary>Answer 200: application/json, one page</summary>
<pre><code>{
  &quot;payouts&quot;: [
    {
      &quot;id&quot;: &quot;01a1fe81-070d-7f3c-95df-b8922bd2c65d&quot;,
      &quot;bounty&quot;: &quot;01a1fe80-e738-7e13-9a06-1d2599d1891b&quot;,
      &quot;recipient&quot;: {
        &quot;id&quot;: 5000000005,
        &quot;login&quot;: &quot;acme-engineer&quot;
      },
      &quot;account&quot;: &quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:8R4nPBAEPC7euGpx3BGoYQDBE3825J6ZZj65Yy88afrY&quot;,
      &quot;asset&quot;: &quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v&quot;,
      &quot;units&quot;: &quot;250000000&quot;,
      &quot;issued_at&quot;: &quot;2026-11-21T14:27:11.245Z&quot;,
      &quot;key_id&quot;: &quot;fe5d994afbd2fc3b&quot;,
      &quot;canonical&quot;: &quot;{\&quot;account\&quot;:\&quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:8R4nPBAEPC7euGpx3BGoYQDBE3825J6ZZj65Yy88afrY\&quot;,\&quot;asset\&quot;:\&quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v\&quot;,\&quot;bounty\&quot;:\&quot;01a1fe80-e738-7e13-9a06-1d2599d1891b\&quot;,\&quot;id\&quot;:\&quot;01a1fe81-070d-7f3c-95df-b8922bd2c65d\&quot;,\&quot;issued_at\&quot;:\&quot;2026-11-21T14:27:11.245Z\&quot;,\&quot;key_id\&quot;:\&quot;fe5d994afbd2fc3b\&quot;,\&quot;recipient\&quot;:\&quot;5000000005\&quot;,\&quot;units\&quot;:\&quot;250000000\&quot;}&quot;,
      &quot;signature&quot;: &quot;ufTD6CpUWfFw1c69mng1VNpwWXcP+cPmwczsUgONNvrywCwsOq5KFJxVdqeDm1TuTIstQYlPWxxTVQllMzAEBg==&quot;,
      &quot;state&quot;: &quot;issued&quot;
    }
  ],
  &quot;next_cursor&quot;: null
}</code></pre></details>
<details><summary>Answer 400: application/problem+json, no id</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/invalid-parameter&quot;,
  &quot;title&quot;: &quot;Invalid query parameter&quot;,
  &quot;status&quot;: 400,
  &quot;detail&quot;: &quot;the query parameter bounty must be the id of a bounty&quot;,
  &quot;instance&quot;: &quot;/v1/payouts&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;,
  &quot;errors&quot;: [
    {
      &quot;pointer&quot;: &quot;?bounty&quot;,
      &quot;detail&quot;: &quot;must be the id of a bounty&quot;
    }
  ]
}</code></pre></details>
</section>
<section id="getPayout">
<h3><code>GET /v1/payouts/{id}</code></h3>
<p>One payout order.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>id</code></td><td>path</td><td>string (uuid)</td><td></td></tr>
<tr><td><code>Bursar-Version</code></td><td>header</td><td>string</td><td>Of a write's answer; this read waits for it.</td></tr>
<tr><td><code>If-None-Match</code></td><td>header</td><td>string</td><td>The <code>ETag</code> of an earlier answer; where it is still that, 304 without a body.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>The order.</td></tr>
<tr><td><code>304</code></td><td></td><td>As the client has it.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-parameter</code>, <code>invalid-version</code>.</td></tr>
<tr><td><code>404</code></td><td>application/problem+json</td><td><code>not-found</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<p><strong>Answer 200: application/json</strong> <a href="#schema-Payout">Payout</a></p>
<details><summary>Answer 200: application/json, an order</summary>
<pre><code>{
  &quot;id&quot;: &quot;01a1fe81-070d-7f3c-95df-b8922bd2c65d&quot;,
  &quot;bounty&quot;: &quot;01a1fe80-e738-7e13-9a06-1d2599d1891b&quot;,
  &quot;recipient&quot;: {
    &quot;id&quot;: 5000000005,
    &quot;login&quot;: &quot;acme-engineer&quot;
  },
  &quot;account&quot;: &quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:8R4nPBAEPC7euGpx3BGoYQDBE3825J6ZZj65Yy88afrY&quot;,
  &quot;asset&quot;: &quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v&quot;,
  &quot;units&quot;: &quot;250000000&quot;,
  &quot;issued_at&quot;: &quot;2026-11-21T14:27:11.245Z&quot;,
  &quot;key_id&quot;: &quot;fe5d994afbd2fc3b&quot;,
  &quot;canonical&quot;: &quot;{\&quot;account\&quot;:\&quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:8R4nPBAEPC7euGpx3BGoYQDBE3825J6ZZj65Yy88afrY\&quot;,\&quot;asset\&quot;:\&quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v\&quot;,\&quot;bounty\&quot;:\&quot;01a1fe80-e738-7e13-9a06-1d2599d1891b\&quot;,\&quot;id\&quot;:\&quot;01a1fe81-070d-7f3c-95df-b8922bd2c65d\&quot;,\&quot;issued_at\&quot;:\&quot;2026-11-21T14:27:11.245Z\&quot;,\&quot;key_id\&quot;:\&quot;fe5d994afbd2fc3b\&quot;,\&quot;recipient\&quot;:\&quot;5000000005\&quot;,\&quot;units\&quot;:\&quot;250000000\&quot;}&quot;,
  &quot;signature&quot;: &quot;ufTD6CpUWfFw1c69mng1VNpwWXcP+cPmwczsUgONNvrywCwsOq5KFJxVdqeDm1TuTIstQYlPWxxTVQllMzAEBg==&quot;,
  &quot;state&quot;: &quot;issued&quot;
}</code></pre></details>
<details><summary>Answer 404: application/problem+json, no order</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/not-found&quot;,
  &quot;title&quot;: &quot;Not found&quot;,
  &quot;status&quot;: 404,
  &quot;detail&quot;: &quot;there is no payout order with this id&quot;,
  &quot;instance&quot;: &quot;/v1/payouts/01a1fe81-0000-7000-8000-000000000000&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;
}</code></pre></details>
</section>
<section id="acknowledgePayout">
<h3><code>POST /v1/payouts/{id}/acknowledgement</code></h3>
<p>Say by which transaction it was executed.</p>
<p>The same transaction again gets the same answer.</p>
<p>Asked as: apiKey.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>id</code></td><td>path</td><td>string (uuid)</td><td></td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Request: application/json</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>transaction</code></td><td>string, from 1 to 256</td><td>As the chain names it.</td></tr>
</tbody>
</table>
</div>
<details><summary>Request: application/json, an order</summary>
<pre><code>{
  &quot;transaction&quot;: &quot;5VfYmGBjvxKjKPBLePjWYSEEWp3iWBSh1LUo9BoKGzzv&quot;
}</code></pre></details>
<details><summary>Request: application/json, another transaction</summary>
<pre><code>{
  &quot;transaction&quot;: &quot;3nVfYmGBjvxKjKPBLePjWYSEEWp3iWBSh1LUo9BoKGzz&quot;
}</code></pre></details>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>The order, acknowledged.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-body</code>, <code>invalid-parameter</code>.</td></tr>
<tr><td><code>401</code></td><td>application/problem+json</td><td><code>not-signed-in</code>, <code>session-ended</code>, <code>unknown-key</code>.</td></tr>
<tr><td><code>403</code></td><td>application/problem+json</td><td><code>missing-scope</code>, <code>wrong-csrf-token</code>, <code>wrong-origin</code>.</td></tr>
<tr><td><code>404</code></td><td>application/problem+json</td><td><code>not-found</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>409</code></td><td>application/problem+json</td><td><code>acknowledged-otherwise</code>.</td></tr>
<tr><td><code>413</code></td><td>application/problem+json</td><td><code>content-too-large</code>, <code>request-too-large</code>.</td></tr>
<tr><td><code>415</code></td><td>application/problem+json</td><td><code>unsupported-media-type</code>.</td></tr>
<tr><td><code>422</code></td><td>application/problem+json</td><td><code>invalid-transaction</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<p><strong>Answer 200: application/json</strong> <a href="#schema-Payout">Payout</a></p>
<details><summary>Answer 200: application/json, an order</summary>
<pre><code>{
  &quot;id&quot;: &quot;01a1fe81-070d-7f3c-95df-b8922bd2c65d&quot;,
  &quot;bounty&quot;: &quot;01a1fe80-e738-7e13-9a06-1d2599d1891b&quot;,
  &quot;recipient&quot;: {
    &quot;id&quot;: 5000000005,
    &quot;login&quot;: &quot;acme-engineer&quot;
  },
  &quot;account&quot;: &quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:8R4nPBAEPC7euGpx3BGoYQDBE3825J6ZZj65Yy88afrY&quot;,
  &quot;asset&quot;: &quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v&quot;,
  &quot;units&quot;: &quot;250000000&quot;,
  &quot;issued_at&quot;: &quot;2026-11-21T14:27:11.245Z&quot;,
  &quot;key_id&quot;: &quot;fe5d994afbd2fc3b&quot;,
  &quot;canonical&quot;: &quot;{\&quot;account\&quot;:\&quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:8R4nPBAEPC7euGpx3BGoYQDBE3825J6ZZj65Yy88afrY\&quot;,\&quot;asset\&quot;:\&quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v\&quot;,\&quot;bounty\&quot;:\&quot;01a1fe80-e738-7e13-9a06-1d2599d1891b\&quot;,\&quot;id\&quot;:\&quot;01a1fe81-070d-7f3c-95df-b8922bd2c65d\&quot;,\&quot;issued_at\&quot;:\&quot;2026-11-21T14:27:11.245Z\&quot;,\&quot;key_id\&quot;:\&quot;fe5d994afbd2fc3b\&quot;,\&quot;recipient\&quot;:\&quot;5000000005\&quot;,\&quot;units\&quot;:\&quot;250000000\&quot;}&quot;,
  &quot;signature&quot;: &quot;ufTD6CpUWfFw1c69mng1VNpwWXcP+cPmwczsUgONNvrywCwsOq5KFJxVdqeDm1TuTIstQYlPWxxTVQllMzAEBg==&quot;,
  &quot;state&quot;: &quot;acknowledged&quot;,
  &quot;transaction&quot;: &quot;5VfYmGBjvxKjKPBLePjWYSEEWp3iWBSh1LUo9BoKGzzv&quot;
}</code></pre></details>
<details><summary>Answer 409: application/problem+json, another transaction</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/acknowledged-otherwise&quot;,
  &quot;title&quot;: &quot;Acknowledged otherwise&quot;,
  &quot;status&quot;: 409,
  &quot;detail&quot;: &quot;the order was acknowledged with another transaction&quot;,
  &quot;instance&quot;: &quot;/v1/payouts/01a1fe81-070d-7f3c-95df-b8922bd2c65d/acknowledgement&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;
}</code></pre></details>
</section>
<section id="listPayoutKeys">
<h3><code>GET /v1/payout-keys</code></h3>
<p>The public keys that orders verify with, old ones included.</p>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>The keys.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-parameter</code>, <code>invalid-version</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answer 200: application/json</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>keys</code></td><td>array of <a href="#schema-PayoutKey">PayoutKey</a></td><td></td></tr>
</tbody>
</table>
</div>
<details><summary>Answer 200: application/json, the keys</summary>
<pre><code>{
  &quot;keys&quot;: [
    {
      &quot;id&quot;: &quot;fe5d994afbd2fc3b&quot;,
      &quot;algorithm&quot;: &quot;Ed25519&quot;,
      &quot;public_key&quot;: &quot;AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=&quot;
    }
  ]
}</code></pre></details>
</section>
<h2 id="tag-identities">Identities</h2>
<p>Accounts of GitHub and their wallets.</p>
<section id="getIdentity">
<h3><code>GET /v1/identities/{account}</code></h3>
<p>An account and its wallets.</p>
<p>The active ones; with the account's own session those that wait, too.</p>
<p>Asked as: nobody, or session.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>If-None-Match</code></td><td>header</td><td>string</td><td>The <code>ETag</code> of an earlier answer; where it is still that, 304 without a body.</td></tr>
<tr><td><code>account</code></td><td>path</td><td>string, from 1 to 100</td><td>A login of GitHub, the id of an account, or <code>@login</code> where a login is a number.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>The account.</td></tr>
<tr><td><code>304</code></td><td></td><td>As the client has it.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-parameter</code>, <code>invalid-version</code>.</td></tr>
<tr><td><code>401</code></td><td>application/problem+json</td><td><code>not-signed-in</code>, <code>session-ended</code>, <code>unknown-key</code>.</td></tr>
<tr><td><code>404</code></td><td>application/problem+json</td><td><code>unknown-account</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<p><strong>Answer 200: application/json</strong> <a href="#schema-Identity">Identity</a></p>
<details><summary>Answer 200: application/json, an account</summary>
<pre><code>{
  &quot;github&quot;: {
    &quot;id&quot;: 502,
    &quot;login&quot;: &quot;road-runner&quot;
  },
  &quot;links&quot;: [
    {
      &quot;id&quot;: &quot;01a1fe80-eeee-7b45-a7d3-c89409a6ad46&quot;,
      &quot;wallet&quot;: &quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:BGYtLEiZn5uFQTksJ2Gkv71A2K9X2C1ig6zDX577J2zC&quot;,
      &quot;family&quot;: &quot;solana&quot;,
      &quot;state&quot;: &quot;active&quot;,
      &quot;linked_at&quot;: &quot;2026-11-21T14:27:01.245Z&quot;,
      &quot;effective_at&quot;: &quot;2026-11-21T14:27:01.245Z&quot;
    }
  ]
}</code></pre></details>
<details><summary>Answer 404: application/problem+json, no account</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/unknown-account&quot;,
  &quot;title&quot;: &quot;Unknown account&quot;,
  &quot;status&quot;: 404,
  &quot;detail&quot;: &quot;no account of this name or id has linked a wallet here&quot;,
  &quot;instance&quot;: &quot;/v1/identities/4294967296&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;
}</code></pre></details>
</section>
<section id="createLinkChallenge">
<h3><code>POST /v1/identities/challenges</code></h3>
<p>The text that a wallet signs to be linked.</p>
<p>It is good once, for 5 minutes.</p>
<p>Asked as: session and csrf.</p>
<div class="table">
<table>
<caption>Request: application/json</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>wallet</code></td><td><a href="#schema-Wallet">Wallet</a></td><td>CAIP-10.</td></tr>
</tbody>
</table>
</div>
<details><summary>Request: application/json, a wallet</summary>
<pre><code>{
  &quot;wallet&quot;: &quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:BGYtLEiZn5uFQTksJ2Gkv71A2K9X2C1ig6zDX577J2zC&quot;
}</code></pre></details>
<details><summary>Request: application/json, no address</summary>
<pre><code>{
  &quot;wallet&quot;: &quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:beep&quot;
}</code></pre></details>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>What to sign, byte for byte. With <code>previous_wallet</code>, that one's signature makes the change count at once.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-body</code>, <code>invalid-parameter</code>.</td></tr>
<tr><td><code>401</code></td><td>application/problem+json</td><td><code>not-signed-in</code>, <code>session-ended</code>, <code>unknown-key</code>.</td></tr>
<tr><td><code>403</code></td><td>application/problem+json</td><td><code>not-a-person</code>, <code>wrong-csrf-token</code>, <code>wrong-origin</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>409</code></td><td>application/problem+json</td><td><code>already-linked</code>, <code>wallet-taken</code>, <code>change-pending</code>.</td></tr>
<tr><td><code>413</code></td><td>application/problem+json</td><td><code>content-too-large</code>, <code>request-too-large</code>.</td></tr>
<tr><td><code>415</code></td><td>application/problem+json</td><td><code>unsupported-media-type</code>.</td></tr>
<tr><td><code>422</code></td><td>application/problem+json</td><td><code>invalid-wallet</code>, <code>unsupported-chain</code>, <code>unsupported-wallet</code>, <code>invalid-address</code>, <code>wrong-checksum</code>, <code>wrong-prefix</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>, <code>too-many-challenges</code>, <code>too-many-open-challenges</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<p><strong>Answer 200: application/json</strong> <a href="#schema-Challenge">Challenge</a></p>
<details><summary>Answer 200: application/json, a wallet</summary>
<pre><code>{
  &quot;challenge&quot;: &quot;01a1fe80-aaaa-7b45-a7d3-c89409a6ad46&quot;,
  &quot;message&quot;: &quot;127.0.0.1:8080 wants you to sign in with your Solana account:\nBGYtLEiZn5uFQTksJ2Gkv71A2K9X2C1ig6zDX577J2zC\n\n…&quot;,
  &quot;expires_at&quot;: &quot;2026-11-21T14:32:01.245Z&quot;
}</code></pre></details>
<details><summary>Answer 422: application/problem+json, no address</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/invalid-address&quot;,
  &quot;title&quot;: &quot;Invalid address&quot;,
  &quot;status&quot;: 422,
  &quot;detail&quot;: &quot;an address of Solana is 32 bytes in base58&quot;,
  &quot;instance&quot;: &quot;/v1/identities/challenges&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;
}</code></pre></details>
</section>
<section id="linkWallet">
<h3><code>POST /v1/identities/links</code></h3>
<p>Link the wallet that signed.</p>
<p>Asked as: session and csrf.</p>
<div class="table">
<table>
<caption>Request: application/json</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>challenge</code></td><td>string</td><td>Of the challenge's answer.</td></tr>
<tr><td><code>signature</code></td><td><a href="#schema-Signature">Signature</a></td><td>Solana: base58. Ethereum: 0x and hexadecimal digits. Cosmos: base64.</td></tr>
<tr><td><code>public_key</code> <small>optional</small></td><td><a href="#schema-PublicKey">PublicKey</a></td><td>Of Cosmos: base64.</td></tr>
<tr><td><code>previous_signature</code> <small>optional</small></td><td>string or null</td><td>The last wallet's over the same message.</td></tr>
<tr><td><code>previous_public_key</code> <small>optional</small></td><td><a href="#schema-PublicKey">PublicKey</a></td><td>Of Cosmos: base64.</td></tr>
</tbody>
</table>
</div>
<details><summary>Request: application/json, a wallet</summary>
<pre><code>{
  &quot;challenge&quot;: &quot;01a1fe80-aaaa-7b45-a7d3-c89409a6ad46&quot;,
  &quot;signature&quot;: &quot;4WzKpD3vHMXRkv8VKyJrGJ5Ea5vS2XGgN6P8LfQm7rYyqUzE7x8SgWcjT4hB1nRkD9mVfJcA6tLeQwXpHsUuZbNd&quot;
}</code></pre></details>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>201</code></td><td>application/json</td><td>The link, <code>active</code>, or <code>pending</code> until <code>effective_at</code>.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-body</code>, <code>invalid-parameter</code>.</td></tr>
<tr><td><code>401</code></td><td>application/problem+json</td><td><code>not-signed-in</code>, <code>session-ended</code>, <code>unknown-key</code>.</td></tr>
<tr><td><code>403</code></td><td>application/problem+json</td><td><code>not-a-person</code>, <code>wrong-csrf-token</code>, <code>wrong-origin</code>, <code>other-account</code>.</td></tr>
<tr><td><code>404</code></td><td>application/problem+json</td><td><code>unknown-challenge</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>409</code></td><td>application/problem+json</td><td><code>already-linked</code>, <code>wallet-taken</code>, <code>challenge-used</code>, <code>challenge-outdated</code>, <code>change-pending</code>.</td></tr>
<tr><td><code>413</code></td><td>application/problem+json</td><td><code>content-too-large</code>, <code>request-too-large</code>.</td></tr>
<tr><td><code>415</code></td><td>application/problem+json</td><td><code>unsupported-media-type</code>.</td></tr>
<tr><td><code>422</code></td><td>application/problem+json</td><td><code>other-bounty</code>, <code>other-purpose</code>, <code>other-domain</code>, <code>challenge-expired</code>, <code>not-yet-valid</code>, <code>malformed-signature</code>, <code>malformed-public-key</code>, <code>malleable-signature</code>, <code>signature-mismatch</code>, <code>contract-wallet</code>, <code>other-public-key</code>, <code>unsupported-wallet</code>, <code>no-previous-wallet</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<p><strong>Answer 201: application/json</strong> <a href="#schema-Link">Link</a></p>
<details><summary>Answer 201: application/json, a wallet</summary>
<pre><code>{
  &quot;id&quot;: &quot;01a1fe80-eeee-7b45-a7d3-c89409a6ad46&quot;,
  &quot;wallet&quot;: &quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:BGYtLEiZn5uFQTksJ2Gkv71A2K9X2C1ig6zDX577J2zC&quot;,
  &quot;family&quot;: &quot;solana&quot;,
  &quot;state&quot;: &quot;active&quot;,
  &quot;linked_at&quot;: &quot;2026-11-21T14:27:01.245Z&quot;,
  &quot;effective_at&quot;: &quot;2026-11-21T14:27:01.245Z&quot;,
  &quot;github&quot;: {
    &quot;id&quot;: 502,
    &quot;login&quot;: &quot;road-runner&quot;
  }
}</code></pre></details>
</section>
<section id="unlinkWallet">
<h3><code>DELETE /v1/identities/links/{id}</code></h3>
<p>Unlink a wallet, or stop a change.</p>
<p>Asked as: session and csrf.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>id</code></td><td>path</td><td>string (uuid)</td><td></td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>The link, <code>revoked</code>.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-body</code>, <code>invalid-parameter</code>.</td></tr>
<tr><td><code>401</code></td><td>application/problem+json</td><td><code>not-signed-in</code>, <code>session-ended</code>, <code>unknown-key</code>.</td></tr>
<tr><td><code>403</code></td><td>application/problem+json</td><td><code>not-a-person</code>, <code>wrong-csrf-token</code>, <code>wrong-origin</code>.</td></tr>
<tr><td><code>404</code></td><td>application/problem+json</td><td><code>unknown-link</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>409</code></td><td>application/problem+json</td><td><code>challenge-outdated</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<p><strong>Answer 200: application/json</strong> <a href="#schema-Link">Link</a></p>
<details><summary>Answer 200: application/json, a link</summary>
<pre><code>{
  &quot;id&quot;: &quot;01a1fe80-eeee-7b45-a7d3-c89409a6ad46&quot;,
  &quot;wallet&quot;: &quot;solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:BGYtLEiZn5uFQTksJ2Gkv71A2K9X2C1ig6zDX577J2zC&quot;,
  &quot;family&quot;: &quot;solana&quot;,
  &quot;state&quot;: &quot;revoked&quot;,
  &quot;linked_at&quot;: &quot;2026-11-21T14:27:01.245Z&quot;,
  &quot;effective_at&quot;: &quot;2026-11-21T14:27:01.245Z&quot;,
  &quot;github&quot;: {
    &quot;id&quot;: 502,
    &quot;login&quot;: &quot;road-runner&quot;
  },
  &quot;revoked_at&quot;: &quot;2026-11-21T15:27:01.245Z&quot;
}</code></pre></details>
<details><summary>Answer 404: application/problem+json, no link</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/unknown-link&quot;,
  &quot;title&quot;: &quot;Unknown link&quot;,
  &quot;status&quot;: 404,
  &quot;detail&quot;: &quot;your account has no such link&quot;,
  &quot;instance&quot;: &quot;/v1/identities/links/01a1fe80-0000-7000-8000-000000000000&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;
}</code></pre></details>
</section>
<h2 id="tag-session">Session</h2>
<p>Signing in and out.</p>
<section id="getSession">
<h3><code>GET /v1/session</code></h3>
<p>Who the caller is.</p>
<p>Asked as: session, or apiKey.</p>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>A person, with the token that changes need, or a program.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-parameter</code>, <code>invalid-version</code>.</td></tr>
<tr><td><code>401</code></td><td>application/problem+json</td><td><code>not-signed-in</code>, <code>session-ended</code>, <code>unknown-key</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<p><strong>Answer 200: application/json</strong> <a href="#schema-Session">Session</a></p>
<details><summary>Answer 200: application/json, a person</summary>
<pre><code>{
  &quot;github&quot;: {
    &quot;id&quot;: 502,
    &quot;login&quot;: &quot;road-runner&quot;
  },
  &quot;csrf_token&quot;: &quot;rfBhkn-FglPTsnIk4tK4Jr3AirUK8sAnw6f4L7XBA5I&quot;,
  &quot;expires_at&quot;: &quot;2026-11-21T11:19:18.607Z&quot;
}</code></pre></details>
<details><summary>Answer 200: application/json, a program</summary>
<pre><code>{
  &quot;program&quot;: &quot;treasury&quot;,
  &quot;scopes&quot;: [
    &quot;payouts&quot;
  ],
  &quot;expires_at&quot;: &quot;2026-11-21T11:19:18.607Z&quot;
}</code></pre></details>
<details><summary>Answer 401: application/problem+json, nobody</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/not-signed-in&quot;,
  &quot;title&quot;: &quot;Not signed in&quot;,
  &quot;status&quot;: 401,
  &quot;detail&quot;: &quot;sign in with GitHub first: /login/github&quot;,
  &quot;instance&quot;: &quot;/v1/session&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;
}</code></pre></details>
</section>
<section id="beginLogin">
<h3><code>GET /login/github</code></h3>
<p>To GitHub's page.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>return_to</code></td><td>query</td><td>string</td><td>Where to go afterwards; anything but a path of ours is <code>/</code>.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>302</code></td><td></td><td>GitHub's page, with a cookie that the way back is compared with.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-parameter</code>, <code>invalid-version</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>501</code></td><td>application/problem+json</td><td><code>login-not-configured</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
</section>
<section id="completeLogin">
<h3><code>GET /login/github/callback</code></h3>
<p>Back from GitHub.</p>
<p>With <code>code</code> and <code>state</code>, or <code>error</code>; other parameters are passed over.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>code</code></td><td>query</td><td>string</td><td></td></tr>
<tr><td><code>state</code></td><td>query</td><td>string</td><td></td></tr>
<tr><td><code>error</code></td><td>query</td><td>string</td><td></td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>303</code></td><td></td><td>The path that the sign-in began with, with the session's cookie.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-parameter</code>, <code>invalid-version</code>.</td></tr>
<tr><td><code>403</code></td><td>application/problem+json</td><td><code>login-denied</code>, <code>wrong-state</code>, <code>login-expired</code>, <code>login-refused</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>501</code></td><td>application/problem+json</td><td><code>login-not-configured</code>.</td></tr>
<tr><td><code>502</code></td><td>application/problem+json</td><td><code>github-unavailable</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<details><summary>Answer 403: application/problem+json, denied</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/login-denied&quot;,
  &quot;title&quot;: &quot;Not signed in&quot;,
  &quot;status&quot;: 403,
  &quot;detail&quot;: &quot;GitHub did not confirm the sign-in; begin again: /login/github&quot;,
  &quot;instance&quot;: &quot;/login/github/callback&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;
}</code></pre></details>
<details><summary>Answer 403: application/problem+json, not begun here</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/wrong-state&quot;,
  &quot;title&quot;: &quot;Not signed in&quot;,
  &quot;status&quot;: 403,
  &quot;detail&quot;: &quot;this sign-in was not begun in this browser; begin again: /login/github&quot;,
  &quot;instance&quot;: &quot;/login/github/callback&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;
}</code></pre></details>
</section>
<section id="logout">
<h3><code>POST /logout</code></h3>
<p>End the session.</p>
<p>Also where nobody is signed in.</p>
<p>Asked as: nobody, or session and csrf.</p>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>204</code></td><td></td><td>It is over.</td></tr>
<tr><td><code>401</code></td><td>application/problem+json</td><td><code>not-signed-in</code>, <code>session-ended</code>, <code>unknown-key</code>.</td></tr>
<tr><td><code>403</code></td><td>application/problem+json</td><td><code>wrong-csrf-token</code>, <code>wrong-origin</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
</section>
<h2 id="tag-calculations">Calculations</h2>
<p>Exact arithmetic.</p>
<section id="evaluate">
<h3><code>POST /v1/calculations/evaluate</code></h3>
<p>An expression.</p>
<p><code>+ - * / % ^</code>, parentheses, comparison (<code>"true"</code> or <code>"false"</code>), <code>min max abs sum floor ceil round(x, n) sqrt exp ln log10</code>, decimal and scientific literals, variables. Exact; what has no finite decimal is rounded once, at the end, to <code>precision</code> significant digits, and <code>exact</code> says so.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>Request-Timeout</code></td><td>header</td><td>string</td><td>Seconds that the client waits, 0.001 to 60; 10 without it.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Request: application/json</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>expression</code></td><td>string, from 1</td><td>Up to 1 MiB.</td></tr>
<tr><td><code>precision</code> <small>optional</small></td><td><a href="#schema-Precision">Precision</a></td><td>Significant digits.</td></tr>
<tr><td><code>rounding</code> <small>optional</small></td><td><a href="#schema-Rounding">Rounding</a></td><td></td></tr>
<tr><td><code>variables</code> <small>optional</small></td><td>object or null of string, to 256</td><td>Values by name, up to 256.</td></tr>
</tbody>
</table>
</div>
<details><summary>Request: application/json, exact</summary>
<pre><code>{
  &quot;expression&quot;: &quot;0.1 + 0.2&quot;
}</code></pre></details>
<details><summary>Request: application/json, variables</summary>
<pre><code>{
  &quot;expression&quot;: &quot;price * 1.19&quot;,
  &quot;variables&quot;: {
    &quot;price&quot;: &quot;19.99&quot;
  }
}</code></pre></details>
<details><summary>Request: application/json, rounded</summary>
<pre><code>{
  &quot;expression&quot;: &quot;1/3&quot;,
  &quot;precision&quot;: 10,
  &quot;rounding&quot;: &quot;half-even&quot;
}</code></pre></details>
<details><summary>Request: application/json, not an expression</summary>
<pre><code>{
  &quot;expression&quot;: &quot;2 +* 3&quot;
}</code></pre></details>
<details><summary>Request: application/json, divided by zero</summary>
<pre><code>{
  &quot;expression&quot;: &quot;1/0&quot;
}</code></pre></details>
<details><summary>Request: application/json, too many digits</summary>
<pre><code>{
  &quot;expression&quot;: &quot;9^9^9^9&quot;
}</code></pre></details>
<details><summary>Request: application/json, unknown member</summary>
<pre><code>{
  &quot;expression&quot;: &quot;1&quot;,
  &quot;round&quot;: &quot;up&quot;
}</code></pre></details>
<details><summary>Request: application/json, unknown rounding</summary>
<pre><code>{
  &quot;expression&quot;: &quot;1&quot;,
  &quot;rounding&quot;: &quot;nearest&quot;
}</code></pre></details>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>The result. <code>digits</code> is there where it was rounded.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-body</code>, <code>invalid-header</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>413</code></td><td>application/problem+json</td><td><code>content-too-large</code>, <code>request-too-large</code>.</td></tr>
<tr><td><code>415</code></td><td>application/problem+json</td><td><code>unsupported-media-type</code>.</td></tr>
<tr><td><code>422</code></td><td>application/problem+json</td><td>The calculation has no result: <code>invalid-expression</code>, <code>unknown-name</code>, <code>invalid-number</code>, <code>invalid-variable</code>, <code>invalid-precision</code>, <code>invalid-rounding</code>, <code>division-by-zero</code>, <code>outside-domain</code>, <code>not-a-number</code>, <code>undecided</code>, <code>too-long</code>, <code>too-many</code>, <code>too-deep</code>, <code>too-many-digits</code>, <code>exponent-out-of-range</code>, <code>too-much-work</code>, <code>over-limit</code>, <code>malformed</code>, <code>invalid-calculation</code>, <code>empty</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<p><strong>Answer 200: application/json</strong> <a href="#schema-Evaluation">Evaluation</a></p>
<details><summary>Answer 200: application/json, exact</summary>
<pre><code>{
  &quot;result&quot;: &quot;0.3&quot;,
  &quot;exact&quot;: true
}</code></pre></details>
<details><summary>Answer 200: application/json, variables</summary>
<pre><code>{
  &quot;result&quot;: &quot;23.7881&quot;,
  &quot;exact&quot;: true
}</code></pre></details>
<details><summary>Answer 200: application/json, rounded</summary>
<pre><code>{
  &quot;result&quot;: &quot;0.3333333333&quot;,
  &quot;exact&quot;: false,
  &quot;digits&quot;: 10
}</code></pre></details>
<details><summary>Answer 400: application/problem+json, unknown member</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/invalid-body&quot;,
  &quot;title&quot;: &quot;Invalid body&quot;,
  &quot;status&quot;: 400,
  &quot;detail&quot;: &quot;/round is not a known member&quot;,
  &quot;instance&quot;: &quot;/v1/calculations/evaluate&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;,
  &quot;errors&quot;: [
    {
      &quot;pointer&quot;: &quot;/round&quot;,
      &quot;detail&quot;: &quot;is not a known member&quot;
    }
  ]
}</code></pre></details>
<details><summary>Answer 422: application/problem+json, not an expression</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/invalid-expression&quot;,
  &quot;title&quot;: &quot;Invalid expression&quot;,
  &quot;status&quot;: 422,
  &quot;detail&quot;: &quot;unexpected &#x27;*&#x27; at position 4&quot;,
  &quot;instance&quot;: &quot;/v1/calculations/evaluate&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;,
  &quot;position&quot;: 4,
  &quot;errors&quot;: [
    {
      &quot;pointer&quot;: &quot;/expression&quot;,
      &quot;detail&quot;: &quot;unexpected &#x27;*&#x27; at position 4&quot;
    }
  ]
}</code></pre></details>
<details><summary>Answer 422: application/problem+json, divided by zero</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/division-by-zero&quot;,
  &quot;title&quot;: &quot;Division by zero&quot;,
  &quot;status&quot;: 422,
  &quot;detail&quot;: &quot;division by zero at position 2&quot;,
  &quot;instance&quot;: &quot;/v1/calculations/evaluate&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;,
  &quot;position&quot;: 2,
  &quot;errors&quot;: [
    {
      &quot;pointer&quot;: &quot;/expression&quot;,
      &quot;detail&quot;: &quot;division by zero at position 2&quot;
    }
  ]
}</code></pre></details>
<details><summary>Answer 422: application/problem+json, too many digits</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/too-many-digits&quot;,
  &quot;title&quot;: &quot;Too many digits&quot;,
  &quot;status&quot;: 422,
  &quot;detail&quot;: &quot;a number here has more than 1000000 digits at position 4&quot;,
  &quot;instance&quot;: &quot;/v1/calculations/evaluate&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;,
  &quot;position&quot;: 4,
  &quot;errors&quot;: [
    {
      &quot;pointer&quot;: &quot;/expression&quot;,
      &quot;detail&quot;: &quot;a number here has more than 1000000 digits at position 4&quot;
    }
  ]
}</code></pre></details>
<details><summary>Answer 422: application/problem+json, unknown rounding</summary>
<pre><code>{
  &quot;status&quot;: 422,
  &quot;instance&quot;: &quot;/v1/calculations/evaluate&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;,
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/invalid-rounding&quot;,
  &quot;title&quot;: &quot;Invalid member&quot;,
  &quot;detail&quot;: &quot;/rounding must be one of half-even, half-up, half-down, up, down, ceiling, floor&quot;,
  &quot;errors&quot;: [
    {
      &quot;pointer&quot;: &quot;/rounding&quot;,
      &quot;detail&quot;: &quot;must be one of half-even, half-up, half-down, up, down, ceiling, floor&quot;
    }
  ]
}</code></pre></details>
</section>
<section id="batch">
<h3><code>POST /v1/calculations/batch</code></h3>
<p>Many expressions.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>Request-Timeout</code></td><td>header</td><td>string</td><td>Seconds that the client waits, 0.001 to 60; 10 without it.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Request: application/json</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>expressions</code></td><td>array of string, to 10,000</td><td></td></tr>
<tr><td><code>precision</code> <small>optional</small></td><td><a href="#schema-Precision">Precision</a></td><td>Significant digits.</td></tr>
<tr><td><code>rounding</code> <small>optional</small></td><td><a href="#schema-Rounding">Rounding</a></td><td></td></tr>
</tbody>
</table>
</div>
<details><summary>Request: application/json, one fails</summary>
<pre><code>{
  &quot;expressions&quot;: [
    &quot;1+1&quot;,
    &quot;1/0&quot;
  ]
}</code></pre></details>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>One result, or one error, for each, in their order.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-body</code>, <code>invalid-header</code>, <code>invalid-parameter</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>413</code></td><td>application/problem+json</td><td><code>content-too-large</code>, <code>request-too-large</code>.</td></tr>
<tr><td><code>415</code></td><td>application/problem+json</td><td><code>unsupported-media-type</code>.</td></tr>
<tr><td><code>422</code></td><td>application/problem+json</td><td><code>invalid-precision</code>, <code>invalid-rounding</code>, <code>over-limit</code>, <code>malformed</code>, <code>too-long</code>, <code>too-many</code>, <code>too-much-work</code>, <code>invalid-calculation</code>, <code>empty</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answer 200: application/json</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>results</code></td><td>array of <a href="#schema-Evaluation">Evaluation</a> or <a href="#schema-EvaluationError">EvaluationError</a></td><td></td></tr>
</tbody>
</table>
</div>
<details><summary>Answer 200: application/json, one fails</summary>
<pre><code>{
  &quot;results&quot;: [
    {
      &quot;result&quot;: &quot;2&quot;,
      &quot;exact&quot;: true
    },
    {
      &quot;error&quot;: {
        &quot;code&quot;: &quot;division-by-zero&quot;,
        &quot;detail&quot;: &quot;division by zero&quot;,
        &quot;position&quot;: 2
      }
    }
  ]
}</code></pre></details>
</section>
<section id="summarize">
<h3><code>POST /v1/calculations/summarize</code></h3>
<p>Count, sum, mean, variance, extremes, quantiles.</p>
<p>Sample variance; quantiles are interpolated linearly (type 7 of Hyndman and Fan). Values come as JSON, or as a stream of any length up to a configured one: <code>text/csv</code> (RFC 4180), or <code>application/x-ndjson</code>, a text or number in each line. What else JSON says in members, a stream says in the query. Quantiles need at most 1,000,000 values.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>Request-Timeout</code></td><td>header</td><td>string</td><td>Seconds that the client waits, 0.001 to 60; 10 without it.</td></tr>
<tr><td><code>quantiles</code></td><td>query</td><td>string</td><td>Of a stream. From 0 to 1, with commas between, up to 100.</td></tr>
<tr><td><code>precision</code></td><td>query</td><td>integer, from 1 to 10,000</td><td>Of a stream.</td></tr>
<tr><td><code>rounding</code></td><td>query</td><td>string: <code>half-even</code>, <code>half-up</code>, <code>half-down</code>, <code>up</code>, <code>down</code>, <code>ceiling</code>, <code>floor</code></td><td>Of a stream.</td></tr>
<tr><td><code>column</code></td><td>query</td><td>string, from 1 to 100</td><td>Of CSV, its number from 1, or its name.</td></tr>
<tr><td><code>header</code></td><td>query</td><td>string: <code>present</code>, <code>absent</code></td><td>Of CSV, whether its first line has names. It has where <code>column</code> is one.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Request: application/json</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>values</code></td><td>array of <a href="#schema-Number">Number</a>, from 1 to 1,000,000</td><td></td></tr>
<tr><td><code>quantiles</code> <small>optional</small></td><td>array or null of <a href="#schema-Number">Number</a>, to 100</td><td>From 0 to 1.</td></tr>
<tr><td><code>precision</code> <small>optional</small></td><td><a href="#schema-Precision">Precision</a></td><td>Significant digits.</td></tr>
<tr><td><code>rounding</code> <small>optional</small></td><td><a href="#schema-Rounding">Rounding</a></td><td></td></tr>
</tbody>
</table>
</div>
<details><summary>Request: application/json, two values</summary>
<pre><code>{
  &quot;values&quot;: [
    &quot;1&quot;,
    &quot;2.5&quot;
  ],
  &quot;quantiles&quot;: [
    &quot;0.5&quot;,
    &quot;0.99&quot;
  ]
}</code></pre></details>
<details><summary>Request: application/json, not a quantile</summary>
<pre><code>{
  &quot;values&quot;: [
    &quot;1&quot;
  ],
  &quot;quantiles&quot;: [
    &quot;2&quot;
  ]
}</code></pre></details>
<details><summary>Request: text/csv, a column</summary>
<pre><code>who,amount
alice,1
bob,2.5
</code></pre></details>
<details><summary>Request: application/x-ndjson, lines</summary>
<pre><code>&quot;1&quot;
2.5
</code></pre></details>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>The summary. Quantiles are named as they were asked for.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-body</code>, <code>invalid-header</code>, <code>invalid-parameter</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>413</code></td><td>application/problem+json</td><td><code>content-too-large</code>, <code>request-too-large</code>.</td></tr>
<tr><td><code>415</code></td><td>application/problem+json</td><td><code>unsupported-media-type</code>.</td></tr>
<tr><td><code>422</code></td><td>application/problem+json</td><td><code>invalid-number</code>, <code>invalid-quantile</code>, <code>invalid-precision</code>, <code>invalid-rounding</code>, <code>empty</code>, <code>too-many-digits</code>, <code>exponent-out-of-range</code>, <code>over-limit</code>, <code>malformed</code>, <code>mismatched-parts</code>, <code>too-long</code>, <code>too-many</code>, <code>too-much-work</code>, <code>invalid-calculation</code>, <code>invalid-input</code>, <code>missing-column</code>, <code>unknown-column</code>, <code>answer-too-large</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<p><strong>Answer 200: application/json</strong> <a href="#schema-Summary">Summary</a></p>
<details><summary>Answer 200: application/json, two values</summary>
<pre><code>{
  &quot;count&quot;: 2,
  &quot;sum&quot;: &quot;3.5&quot;,
  &quot;mean&quot;: &quot;1.75&quot;,
  &quot;variance&quot;: &quot;1.125&quot;,
  &quot;min&quot;: &quot;1&quot;,
  &quot;max&quot;: &quot;2.5&quot;,
  &quot;quantiles&quot;: {
    &quot;0.5&quot;: &quot;1.75&quot;,
    &quot;0.99&quot;: &quot;2.485&quot;
  },
  &quot;exact&quot;: true
}</code></pre></details>
<details><summary>Answer 200: application/json, a column</summary>
<pre><code>{
  &quot;count&quot;: 2,
  &quot;sum&quot;: &quot;3.5&quot;,
  &quot;mean&quot;: &quot;1.75&quot;,
  &quot;variance&quot;: &quot;1.125&quot;,
  &quot;min&quot;: &quot;1&quot;,
  &quot;max&quot;: &quot;2.5&quot;,
  &quot;quantiles&quot;: {
    &quot;0.5&quot;: &quot;1.75&quot;
  },
  &quot;exact&quot;: true
}</code></pre></details>
<details><summary>Answer 200: application/json, lines</summary>
<pre><code>{
  &quot;count&quot;: 2,
  &quot;sum&quot;: &quot;3.5&quot;,
  &quot;mean&quot;: &quot;1.75&quot;,
  &quot;variance&quot;: &quot;1.125&quot;,
  &quot;min&quot;: &quot;1&quot;,
  &quot;max&quot;: &quot;2.5&quot;,
  &quot;quantiles&quot;: {},
  &quot;exact&quot;: true
}</code></pre></details>
<details><summary>Answer 422: application/problem+json, not a quantile</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/invalid-quantile&quot;,
  &quot;title&quot;: &quot;Invalid quantile&quot;,
  &quot;status&quot;: 422,
  &quot;detail&quot;: &quot;a quantile is from 0 to 1&quot;,
  &quot;instance&quot;: &quot;/v1/calculations/summarize&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;,
  &quot;errors&quot;: [
    {
      &quot;pointer&quot;: &quot;/quantiles/0&quot;,
      &quot;detail&quot;: &quot;a quantile is from 0 to 1&quot;
    }
  ]
}</code></pre></details>
</section>
<section id="allocate">
<h3><code>POST /v1/calculations/allocate</code></h3>
<p>Whole units among weights.</p>
<p>Nothing is lost and nothing made, by the largest remainders, ties by position. The parts add up to the units.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>Request-Timeout</code></td><td>header</td><td>string</td><td>Seconds that the client waits, 0.001 to 60; 10 without it.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Request: application/json</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>units</code></td><td><a href="#schema-Units">Units</a></td><td>A whole number of smallest units.</td></tr>
<tr><td><code>weights</code></td><td>array of <a href="#schema-Number">Number</a>, from 1 to 10,000</td><td></td></tr>
</tbody>
</table>
</div>
<details><summary>Request: application/json, three weights</summary>
<pre><code>{
  &quot;units&quot;: &quot;100&quot;,
  &quot;weights&quot;: [
    &quot;70&quot;,
    &quot;30&quot;,
    &quot;1&quot;
  ]
}</code></pre></details>
<details><summary>Request: application/json, no weight</summary>
<pre><code>{
  &quot;units&quot;: &quot;100&quot;,
  &quot;weights&quot;: [
    &quot;0&quot;
  ]
}</code></pre></details>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>A part for each weight.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-body</code>, <code>invalid-header</code>, <code>invalid-parameter</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>413</code></td><td>application/problem+json</td><td><code>content-too-large</code>, <code>request-too-large</code>.</td></tr>
<tr><td><code>415</code></td><td>application/problem+json</td><td><code>unsupported-media-type</code>.</td></tr>
<tr><td><code>422</code></td><td>application/problem+json</td><td><code>invalid-units</code>, <code>invalid-weight</code>, <code>invalid-number</code>, <code>empty</code>, <code>too-many-digits</code>, <code>exponent-out-of-range</code>, <code>over-limit</code>, <code>malformed</code>, <code>too-long</code>, <code>too-many</code>, <code>too-much-work</code>, <code>invalid-calculation</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answer 200: application/json</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>parts</code></td><td>array of <a href="#schema-Units">Units</a></td><td></td></tr>
</tbody>
</table>
</div>
<details><summary>Answer 200: application/json, three weights</summary>
<pre><code>{
  &quot;parts&quot;: [
    &quot;69&quot;,
    &quot;30&quot;,
    &quot;1&quot;
  ]
}</code></pre></details>
<details><summary>Answer 422: application/problem+json, no weight</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/invalid-weight&quot;,
  &quot;title&quot;: &quot;Invalid weight&quot;,
  &quot;status&quot;: 422,
  &quot;detail&quot;: &quot;at least one weight is greater than zero&quot;,
  &quot;instance&quot;: &quot;/v1/calculations/allocate&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;,
  &quot;errors&quot;: [
    {
      &quot;pointer&quot;: &quot;/weights&quot;,
      &quot;detail&quot;: &quot;at least one weight is greater than zero&quot;
    }
  ]
}</code></pre></details>
</section>
<section id="convert">
<h3><code>POST /v1/calculations/convert</code></h3>
<p>Between denominations of one asset.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>Request-Timeout</code></td><td>header</td><td>string</td><td>Seconds that the client waits, 0.001 to 60; 10 without it.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Request: application/json</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>amount</code></td><td><a href="#schema-Number">Number</a></td><td>A decimal number.</td></tr>
<tr><td><code>from</code></td><td>string, from 1 to 64</td><td>A denomination.</td></tr>
<tr><td><code>to</code></td><td>string, from 1 to 64</td><td>A denomination.</td></tr>
</tbody>
</table>
</div>
<details><summary>Request: application/json, lamports</summary>
<pre><code>{
  &quot;amount&quot;: &quot;1.5&quot;,
  &quot;from&quot;: &quot;SOL&quot;,
  &quot;to&quot;: &quot;LAMPORT&quot;
}</code></pre></details>
<details><summary>Request: application/json, other asset</summary>
<pre><code>{
  &quot;amount&quot;: &quot;1&quot;,
  &quot;from&quot;: &quot;SOL&quot;,
  &quot;to&quot;: &quot;ETH&quot;
}</code></pre></details>
<details><summary>Request: application/json, no denomination</summary>
<pre><code>{
  &quot;amount&quot;: &quot;1&quot;,
  &quot;from&quot;: &quot;SOL&quot;,
  &quot;to&quot;: &quot;BEEP&quot;
}</code></pre></details>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>The same amount in the other denomination.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-body</code>, <code>invalid-header</code>, <code>invalid-parameter</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>413</code></td><td>application/problem+json</td><td><code>content-too-large</code>, <code>request-too-large</code>.</td></tr>
<tr><td><code>415</code></td><td>application/problem+json</td><td><code>unsupported-media-type</code>.</td></tr>
<tr><td><code>422</code></td><td>application/problem+json</td><td><code>unknown-denomination</code>, <code>different-assets</code>, <code>invalid-amount</code>, <code>invalid-number</code>, <code>too-many-digits</code>, <code>exponent-out-of-range</code>, <code>over-limit</code>, <code>malformed</code>, <code>too-long</code>, <code>too-much-work</code>, <code>invalid-calculation</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answer 200: application/json</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>amount</code></td><td>string</td><td></td></tr>
</tbody>
</table>
</div>
<details><summary>Answer 200: application/json, lamports</summary>
<pre><code>{
  &quot;amount&quot;: &quot;1500000000&quot;
}</code></pre></details>
<details><summary>Answer 422: application/problem+json, other asset</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/different-assets&quot;,
  &quot;title&quot;: &quot;Different assets&quot;,
  &quot;status&quot;: 422,
  &quot;detail&quot;: &quot;SOL and ETH are denominations of different assets&quot;,
  &quot;instance&quot;: &quot;/v1/calculations/convert&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;,
  &quot;errors&quot;: [
    {
      &quot;pointer&quot;: &quot;/to&quot;,
      &quot;detail&quot;: &quot;SOL and ETH are denominations of different assets&quot;
    }
  ]
}</code></pre></details>
<details><summary>Answer 422: application/problem+json, no denomination</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/unknown-denomination&quot;,
  &quot;title&quot;: &quot;Unknown denomination&quot;,
  &quot;status&quot;: 422,
  &quot;detail&quot;: &quot;there is no such denomination here&quot;,
  &quot;instance&quot;: &quot;/v1/calculations/convert&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;,
  &quot;errors&quot;: [
    {
      &quot;pointer&quot;: &quot;/to&quot;,
      &quot;detail&quot;: &quot;there is no such denomination here&quot;
    }
  ]
}</code></pre></details>
</section>
<h2 id="tag-pages">Pages</h2>
<p>What people see.</p>
<section id="getHome">
<h3><code>GET /</code></h3>
<p>What is open, to look for and to page through.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>q</code></td><td>query</td><td>string</td><td>Words.</td></tr>
<tr><td><code>state</code></td><td>query</td><td>string: <code>open</code>, <code>any</code>, <code>proposed</code>, <code>active</code>, <code>awarded</code>, <code>settling</code>, <code>settled</code>, <code>paid</code>, <code>expired</code>, <code>cancelled</code></td><td>open, any, or a state.</td></tr>
<tr><td><code>denomination</code></td><td>query</td><td>string</td><td>A symbol.</td></tr>
<tr><td><code>repository</code></td><td>query</td><td>string</td><td>A name or an id.</td></tr>
<tr><td><code>sponsor</code></td><td>query</td><td>string</td><td>A login or an id.</td></tr>
<tr><td><code>cursor</code></td><td>query</td><td>string</td><td>The <code>next_cursor</code> of an earlier answer.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>text/html</td><td>A page.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json, text/html</td><td><code>invalid-parameter</code>, <code>invalid-version</code>; a page for browsers.</td></tr>
<tr><td><code>404</code></td><td>application/problem+json, text/html</td><td><code>not-found</code>; a page for browsers.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
</section>
<section id="getBountyPage">
<h3><code>GET /bounties/{id}</code></h3>
<p>A bounty, and signing it.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>id</code></td><td>path</td><td>string (uuid)</td><td></td></tr>
<tr><td><code>link</code></td><td>query</td><td>string</td><td>The token of a signing link.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>text/html</td><td>A page.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json, text/html</td><td><code>invalid-parameter</code>, <code>invalid-version</code>; a page for browsers.</td></tr>
<tr><td><code>404</code></td><td>application/problem+json, text/html</td><td><code>not-found</code>; a page for browsers.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
</section>
<section id="getLinkPage">
<h3><code>GET /link</code></h3>
<p>Own wallets.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>return_to</code></td><td>query</td><td>string</td><td>Where to go afterwards.</td></tr>
<tr><td><code>family</code></td><td>query</td><td>string: <code>solana</code>, <code>ethereum</code>, <code>cosmos</code></td><td>Of wallets.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>text/html</td><td>A page.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json, text/html</td><td><code>invalid-parameter</code>, <code>invalid-version</code>; a page for browsers.</td></tr>
<tr><td><code>404</code></td><td>application/problem+json, text/html</td><td><code>not-found</code>; a page for browsers.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
</section>
<section id="getCalculatorPage">
<h3><code>GET /calculator</code></h3>
<p>The calculator.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>expression</code></td><td>query</td><td>string</td><td>An expression.</td></tr>
<tr><td><code>precision</code></td><td>query</td><td>string</td><td>Significant digits.</td></tr>
<tr><td><code>rounding</code></td><td>query</td><td>string</td><td>A rule.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>text/html</td><td>A page.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json, text/html</td><td><code>invalid-parameter</code>, <code>invalid-version</code>; a page for browsers.</td></tr>
<tr><td><code>404</code></td><td>application/problem+json, text/html</td><td><code>not-found</code>; a page for browsers.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
</section>
<section id="getJobPage">
<h3><code>GET /jobs/{id}</code></h3>
<p>A job, how far it is, and its result.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>id</code></td><td>path</td><td>string (uuid)</td><td></td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>text/html</td><td>A page.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json, text/html</td><td><code>invalid-parameter</code>, <code>invalid-version</code>; a page for browsers.</td></tr>
<tr><td><code>404</code></td><td>application/problem+json, text/html</td><td><code>not-found</code>; a page for browsers.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
</section>
<h2 id="tag-jobs">Jobs</h2>
<p>Large batches and summaries in the background. Whoever knows a job's id may see and cancel it.</p>
<section id="createJob">
<h3><code>POST /v1/jobs</code></h3>
<p>Begin one.</p>
<p>A batch or a summary of what one call does not take, up to a configured size. Done by calculators in parts; it survives the end of any of them, and results are kept for a configured time. The same <code>Idempotency-Key</code> with the same body is the same job.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>Idempotency-Key</code></td><td>header</td><td>string</td><td>1 to 255 visible ASCII characters.</td></tr>
<tr><td><code>kind</code></td><td>query</td><td>string: <code>batch</code>, <code>summarize</code></td><td>Of a stream; required there.</td></tr>
<tr><td><code>quantiles</code></td><td>query</td><td>string</td><td>Of a stream. From 0 to 1, with commas between, up to 100.</td></tr>
<tr><td><code>precision</code></td><td>query</td><td>integer, from 1 to 10,000</td><td>Of a stream.</td></tr>
<tr><td><code>rounding</code></td><td>query</td><td>string: <code>half-even</code>, <code>half-up</code>, <code>half-down</code>, <code>up</code>, <code>down</code>, <code>ceiling</code>, <code>floor</code></td><td>Of a stream.</td></tr>
<tr><td><code>column</code></td><td>query</td><td>string, from 1 to 100</td><td>Of CSV, its number from 1, or its name.</td></tr>
<tr><td><code>header</code></td><td>query</td><td>string: <code>present</code>, <code>absent</code></td><td>Of CSV, whether its first line has names. It has where <code>column</code> is one.</td></tr>
</tbody>
</table>
</div>
<details><summary>Request: application/json, a batch</summary>
<pre><code>{
  &quot;kind&quot;: &quot;batch&quot;,
  &quot;expressions&quot;: [
    &quot;1+1&quot;,
    &quot;1/0&quot;
  ]
}</code></pre></details>
<details><summary>Request: text/csv, a stream</summary>
<pre><code>1
2.5
</code></pre></details>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>202</code></td><td>application/json</td><td>It will be done.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-body</code>, <code>invalid-header</code>, <code>invalid-parameter</code>.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>409</code></td><td>application/problem+json</td><td><code>idempotency-key-in-use</code>, <code>idempotency-key-expired</code>.</td></tr>
<tr><td><code>413</code></td><td>application/problem+json</td><td><code>content-too-large</code>, <code>request-too-large</code>.</td></tr>
<tr><td><code>415</code></td><td>application/problem+json</td><td><code>unsupported-media-type</code>.</td></tr>
<tr><td><code>422</code></td><td>application/problem+json</td><td><code>idempotency-key-reused</code>, <code>invalid-precision</code>, <code>invalid-rounding</code>, <code>invalid-quantile</code>, <code>invalid-number</code>, <code>invalid-input</code>, <code>missing-column</code>, <code>unknown-column</code>, <code>empty</code>, <code>too-long</code>, <code>too-many</code>, <code>over-limit</code>, <code>malformed</code>, <code>invalid-expression</code>, <code>invalid-calculation</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>, <code>too-many-jobs</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<p><strong>Answer 202: application/json</strong> <a href="#schema-Job">Job</a></p>
<details><summary>Answer 202: application/json, a batch</summary>
<pre><code>{
  &quot;id&quot;: &quot;01a1fe80-b0b0-7b45-a7d3-c89409a6ad46&quot;,
  &quot;kind&quot;: &quot;batch&quot;,
  &quot;state&quot;: &quot;queued&quot;,
  &quot;progress&quot;: {
    &quot;done&quot;: 0,
    &quot;total&quot;: 2,
    &quot;percent&quot;: 0
  },
  &quot;created_at&quot;: &quot;2026-11-21T14:27:01.245Z&quot;,
  &quot;expires_at&quot;: &quot;2026-11-22T14:27:01.245Z&quot;
}</code></pre></details>
<details><summary>Answer 202: application/json, a stream</summary>
<pre><code>{
  &quot;id&quot;: &quot;01a1fe80-b0b0-7b45-a7d3-c89409a6ad46&quot;,
  &quot;kind&quot;: &quot;summarize&quot;,
  &quot;state&quot;: &quot;queued&quot;,
  &quot;progress&quot;: {
    &quot;done&quot;: 0,
    &quot;total&quot;: 2,
    &quot;percent&quot;: 0
  },
  &quot;created_at&quot;: &quot;2026-11-21T14:27:01.245Z&quot;,
  &quot;expires_at&quot;: &quot;2026-11-22T14:27:01.245Z&quot;
}</code></pre></details>
</section>
<section id="getJob">
<h3><code>GET /v1/jobs/{id}</code></h3>
<p>How far it is, and its result.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>id</code></td><td>path</td><td>string (uuid)</td><td></td></tr>
<tr><td><code>result</code></td><td>query</td><td>string: <code>true</code>, <code>false</code>, <code>true</code> without it</td><td>Whether the result is told.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>The job.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-parameter</code>, <code>invalid-version</code>.</td></tr>
<tr><td><code>404</code></td><td>application/problem+json</td><td><code>not-found</code>: unknown, or expired.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<p><strong>Answer 200: application/json</strong> <a href="#schema-Job">Job</a></p>
<details><summary>Answer 200: application/json, a job</summary>
<pre><code>{
  &quot;id&quot;: &quot;01a1fe80-b0b0-7b45-a7d3-c89409a6ad46&quot;,
  &quot;kind&quot;: &quot;batch&quot;,
  &quot;state&quot;: &quot;done&quot;,
  &quot;progress&quot;: {
    &quot;done&quot;: 2,
    &quot;total&quot;: 2,
    &quot;percent&quot;: 100
  },
  &quot;created_at&quot;: &quot;2026-11-21T14:27:01.245Z&quot;,
  &quot;expires_at&quot;: &quot;2026-11-22T14:27:01.245Z&quot;
}</code></pre></details>
</section>
<section id="cancelJob">
<h3><code>DELETE /v1/jobs/{id}</code></h3>
<p>Cancel it.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>id</code></td><td>path</td><td>string (uuid)</td><td></td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>Cancelled, also if it was.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-parameter</code>, <code>invalid-version</code>.</td></tr>
<tr><td><code>404</code></td><td>application/problem+json</td><td><code>not-found</code>: unknown, or expired.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>409</code></td><td>application/problem+json</td><td><code>job-ended</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
<p><strong>Answer 200: application/json</strong> <a href="#schema-Job">Job</a></p>
<details><summary>Answer 404: application/problem+json, no job</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/not-found&quot;,
  &quot;title&quot;: &quot;Not found&quot;,
  &quot;status&quot;: 404,
  &quot;detail&quot;: &quot;there is no job with this id, or it is not kept any more&quot;,
  &quot;instance&quot;: &quot;/v1/jobs/01a1fe80-0000-7000-8000-000000000000&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;
}</code></pre></details>
</section>
<section id="streamJob">
<h3><code>GET /v1/jobs/{id}/events</code></h3>
<p>Its progress, as it happens.</p>
<p>Server-sent events: <code>progress</code>, then <code>done</code>, <code>failed</code> or <code>cancelled</code>, and the end. <code>data</code> is the job without its result, <code>id</code> its revision.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>id</code></td><td>path</td><td>string (uuid)</td><td></td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>text/event-stream</td><td>Ends with the job.</td></tr>
<tr><td><code>400</code></td><td>application/problem+json</td><td><code>invalid-parameter</code>, <code>invalid-version</code>.</td></tr>
<tr><td><code>404</code></td><td>application/problem+json</td><td><code>not-found</code>: unknown, or expired.</td></tr>
<tr><td><code>406</code></td><td>application/problem+json</td><td><code>not-acceptable</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
<tr><td><code>503</code></td><td>application/problem+json</td><td><code>unavailable</code>.</td></tr>
<tr><td><code>504</code></td><td>application/problem+json</td><td><code>deadline-exceeded</code>.</td></tr>
</tbody>
</table>
</div>
</section>
<h2 id="tag-contract">Contract</h2>
<p>This document.</p>
<section id="getContract">
<h3><code>GET /openapi.json</code></h3>
<p>This document.</p>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>OpenAPI 3.1 in JSON.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
</tbody>
</table>
</div>
</section>
<section id="getDocumentation">
<h3><code>GET /docs</code></h3>
<p>This document for people.</p>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>text/html</td><td>A page.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
</tbody>
</table>
</div>
</section>
<section id="listProblems">
<h3><code>GET /problems</code></h3>
<p>Every problem that there is.</p>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json</td><td>All of them.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answer 200: application/json</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>problems</code></td><td>array of <a href="#schema-ProblemMeaning">ProblemMeaning</a></td><td></td></tr>
</tbody>
</table>
</div>
</section>
<section id="getProblem">
<h3><code>GET /problems/{code}</code></h3>
<p>What a problem means.</p>
<p>Where the <code>type</code> of a problem leads. A page for browsers, by <code>Accept</code>.</p>
<div class="table">
<table>
<caption>Parameters</caption>
<thead><tr><th scope="col">name</th><th scope="col">in</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>code</code></td><td>path</td><td>string, from 1</td><td></td></tr>
</tbody>
</table>
</div>
<div class="table">
<table>
<caption>Answers</caption>
<thead><tr><th scope="col">status</th><th scope="col">media type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>200</code></td><td>application/json, text/html</td><td>Its meaning.</td></tr>
<tr><td><code>404</code></td><td>application/problem+json</td><td><code>not-found</code>.</td></tr>
<tr><td><code>429</code></td><td>application/problem+json</td><td><code>too-many-requests</code>.</td></tr>
</tbody>
</table>
</div>
<p><strong>Answer 200: application/json</strong> <a href="#schema-ProblemMeaning">ProblemMeaning</a></p>
<details><summary>Answer 200: application/json, a problem</summary>
<pre><code>{
  &quot;code&quot;: &quot;division-by-zero&quot;,
  &quot;title&quot;: &quot;Division by zero&quot;,
  &quot;statuses&quot;: [
    422
  ],
  &quot;meaning&quot;: &quot;The expression divides by zero.&quot;
}</code></pre></details>
<details><summary>Answer 404: application/problem+json, no problem</summary>
<pre><code>{
  &quot;type&quot;: &quot;http://127.0.0.1:8080/problems/not-found&quot;,
  &quot;title&quot;: &quot;Not found&quot;,
  &quot;status&quot;: 404,
  &quot;detail&quot;: &quot;there is no problem of this name; /problems lists them&quot;,
  &quot;instance&quot;: &quot;/problems/nothing-to-do&quot;,
  &quot;request_id&quot;: &quot;f751368b6ae016cd610c652737505cba&quot;
}</code></pre></details>
</section>
<h2 id="schemas">Schemas</h2>
<section id="schema-Problem">
<h3>Problem</h3>
<p>RFC 9457.</p>
<div class="table">
<table>
<caption>Members</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>type</code></td><td>string</td><td><code>&lt;public URL&gt;/problems/&lt;code&gt;</code>.</td></tr>
<tr><td><code>title</code></td><td>string</td><td></td></tr>
<tr><td><code>status</code></td><td>integer, from 400 to 599</td><td></td></tr>
<tr><td><code>detail</code></td><td>string</td><td>For people.</td></tr>
<tr><td><code>instance</code> <small>optional</small></td><td>string</td><td>The path of the request.</td></tr>
<tr><td><code>request_id</code></td><td>string</td><td></td></tr>
<tr><td><code>position</code> <small>optional</small></td><td>integer, from 1</td><td>Where in an expression: its first character has position 1.</td></tr>
<tr><td><code>errors</code> <small>optional</small></td><td>array of object</td><td></td></tr>
</tbody>
</table>
</div>
</section>
<section id="schema-ProblemMeaning">
<h3>ProblemMeaning</h3>
<div class="table">
<table>
<caption>Members</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>code</code></td><td>string</td><td></td></tr>
<tr><td><code>title</code></td><td>string</td><td></td></tr>
<tr><td><code>statuses</code></td><td>array of integer</td><td></td></tr>
<tr><td><code>meaning</code></td><td>string</td><td></td></tr>
</tbody>
</table>
</div>
</section>
<section id="schema-ID">
<h3>ID</h3>
<p>Of GitHub.</p>
<p>integer, from 1 to 9,223,372,036,854,775,807</p>
</section>
<section id="schema-Time">
<h3>Time</h3>
<p>RFC 3339, in UTC, with milliseconds.</p>
<p>string (date-time)</p>
</section>
<section id="schema-Units">
<h3>Units</h3>
<p>A whole number of smallest units.</p>
<p>string</p>
</section>
<section id="schema-Number">
<h3>Number</h3>
<p>A decimal number.</p>
<p>string</p>
</section>
<section id="schema-Asset">
<h3>Asset</h3>
<p>CAIP-19.</p>
<p>string</p>
</section>
<section id="schema-Wallet">
<h3>Wallet</h3>
<p>CAIP-10.</p>
<p>string</p>
</section>
<section id="schema-Signature">
<h3>Signature</h3>
<p>Solana: base58. Ethereum: 0x and hexadecimal digits. Cosmos: base64.</p>
<p>string</p>
</section>
<section id="schema-PublicKey">
<h3>PublicKey</h3>
<p>Of Cosmos: base64.</p>
<p>string or null</p>
</section>
<section id="schema-Precision">
<h3>Precision</h3>
<p>Significant digits.</p>
<p>integer or null, from 1 to 10,000, <code>34</code> without it</p>
</section>
<section id="schema-Rounding">
<h3>Rounding</h3>
<p>string or null: <code>half-even</code>, <code>half-up</code>, <code>half-down</code>, <code>up</code>, <code>down</code>, <code>ceiling</code>, <code>floor</code>, <code>half-even</code> without it</p>
</section>
<section id="schema-Account">
<h3>Account</h3>
<div class="table">
<table>
<caption>Members</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>id</code></td><td><a href="#schema-ID">ID</a></td><td>Of GitHub.</td></tr>
<tr><td><code>login</code></td><td>string</td><td>A label; it may change.</td></tr>
</tbody>
</table>
</div>
</section>
<section id="schema-BountyState">
<h3>BountyState</h3>
<p>string: <code>proposed</code>, <code>active</code>, <code>awarded</code>, <code>settling</code>, <code>settled</code>, <code>paid</code>, <code>expired</code>, <code>cancelled</code></p>
</section>
<section id="schema-Bounty">
<h3>Bounty</h3>
<div class="table">
<table>
<caption>Members</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>id</code></td><td>string (uuid)</td><td></td></tr>
<tr><td><code>version</code></td><td>integer, from 1</td><td></td></tr>
<tr><td><code>state</code></td><td><a href="#schema-BountyState">BountyState</a></td><td></td></tr>
<tr><td><code>amount</code></td><td>string</td><td></td></tr>
<tr><td><code>units</code></td><td><a href="#schema-Units">Units</a></td><td>A whole number of smallest units.</td></tr>
<tr><td><code>denomination</code></td><td>string</td><td></td></tr>
<tr><td><code>decimals</code></td><td>integer, from 0</td><td></td></tr>
<tr><td><code>asset</code></td><td><a href="#schema-Asset">Asset</a></td><td>CAIP-19.</td></tr>
<tr><td><code>repository</code></td><td>object</td><td></td></tr>
<tr><td><code>issue</code></td><td>object</td><td></td></tr>
<tr><td><code>source</code></td><td>object</td><td>The text that it stands in.</td></tr>
<tr><td><code>sponsor</code></td><td><a href="#schema-Account">Account</a></td><td></td></tr>
<tr><td><code>wallet</code> <small>optional</small></td><td>string</td><td>CAIP-10: what signed, once active.</td></tr>
<tr><td><code>created_at</code></td><td><a href="#schema-Time">Time</a></td><td>RFC 3339, in UTC, with milliseconds.</td></tr>
<tr><td><code>updated_at</code></td><td><a href="#schema-Time">Time</a></td><td>RFC 3339, in UTC, with milliseconds.</td></tr>
<tr><td><code>expires_at</code></td><td><a href="#schema-Time">Time</a></td><td>RFC 3339, in UTC, with milliseconds.</td></tr>
<tr><td><code>award</code> <small>optional</small></td><td>object</td><td>Who gets it, and why; once awarded.</td></tr>
<tr><td><code>shares</code></td><td>array of <a href="#schema-Share">Share</a></td><td></td></tr>
</tbody>
</table>
</div>
</section>
<section id="schema-Share">
<h3>Share</h3>
<p>What one recipient gets.</p>
<div class="table">
<table>
<caption>Members</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>recipient</code></td><td><a href="#schema-Account">Account</a></td><td></td></tr>
<tr><td><code>amount</code></td><td>string</td><td></td></tr>
<tr><td><code>units</code></td><td><a href="#schema-Units">Units</a></td><td>A whole number of smallest units.</td></tr>
<tr><td><code>state</code></td><td>string: <code>pending</code>, <code>awaiting_wallet</code>, <code>ordered</code>, <code>paid</code>, <code>empty</code></td><td></td></tr>
<tr><td><code>payout</code> <small>optional</small></td><td>string (uuid)</td><td>The payout order.</td></tr>
</tbody>
</table>
</div>
</section>
<section id="schema-BountyList">
<h3>BountyList</h3>
<div class="table">
<table>
<caption>Members</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>bounties</code></td><td>array of <a href="#schema-Bounty">Bounty</a>, to 100</td><td></td></tr>
<tr><td><code>next_cursor</code></td><td>string or null</td><td></td></tr>
</tbody>
</table>
</div>
</section>
<section id="schema-History">
<h3>History</h3>
<div class="table">
<table>
<caption>Members</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>events</code></td><td>array of object</td><td></td></tr>
</tbody>
</table>
</div>
</section>
<section id="schema-Total">
<h3>Total</h3>
<div class="table">
<table>
<caption>Members</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>count</code></td><td>integer, from 1</td><td></td></tr>
<tr><td><code>amount</code></td><td>string</td><td></td></tr>
<tr><td><code>units</code></td><td><a href="#schema-Units">Units</a></td><td>A whole number of smallest units.</td></tr>
</tbody>
</table>
</div>
</section>
<section id="schema-RepositoryOverview">
<h3>RepositoryOverview</h3>
<div class="table">
<table>
<caption>Members</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>repository</code></td><td>object</td><td></td></tr>
<tr><td><code>denominations</code></td><td>array of object</td><td></td></tr>
</tbody>
</table>
</div>
</section>
<section id="schema-Leaderboard">
<h3>Leaderboard</h3>
<div class="table">
<table>
<caption>Members</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>by</code></td><td>string: <code>solvers</code>, <code>sponsors</code></td><td></td></tr>
<tr><td><code>boards</code></td><td>array of object</td><td></td></tr>
</tbody>
</table>
</div>
</section>
<section id="schema-PayoutState">
<h3>PayoutState</h3>
<p>string: <code>issued</code>, <code>acknowledged</code></p>
</section>
<section id="schema-Payout">
<h3>Payout</h3>
<p><code>canonical</code> and <code>signature</code> are the order itself, and verify on their own; the other members say the same in parts.</p>
<div class="table">
<table>
<caption>Members</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>id</code></td><td>string (uuid)</td><td></td></tr>
<tr><td><code>bounty</code></td><td>string (uuid)</td><td></td></tr>
<tr><td><code>recipient</code></td><td><a href="#schema-Account">Account</a></td><td></td></tr>
<tr><td><code>account</code></td><td>string</td><td>CAIP-10: pinned for good.</td></tr>
<tr><td><code>asset</code></td><td><a href="#schema-Asset">Asset</a></td><td>CAIP-19.</td></tr>
<tr><td><code>units</code></td><td><a href="#schema-Units">Units</a></td><td>A whole number of smallest units.</td></tr>
<tr><td><code>issued_at</code></td><td><a href="#schema-Time">Time</a></td><td>RFC 3339, in UTC, with milliseconds.</td></tr>
<tr><td><code>key_id</code></td><td>string</td><td></td></tr>
<tr><td><code>canonical</code></td><td>string</td><td>What is signed after <code>bursar-payout-order-v1</code> and a line feed; canonical JSON (RFC 8785).</td></tr>
<tr><td><code>signature</code></td><td>string</td><td>Ed25519 in base64.</td></tr>
<tr><td><code>state</code></td><td><a href="#schema-PayoutState">PayoutState</a></td><td></td></tr>
<tr><td><code>transaction</code> <small>optional</small></td><td>string</td><td></td></tr>
</tbody>
</table>
</div>
</section>
<section id="schema-PayoutList">
<h3>PayoutList</h3>
<div class="table">
<table>
<caption>Members</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>payouts</code></td><td>array of <a href="#schema-Payout">Payout</a>, to 100</td><td></td></tr>
<tr><td><code>next_cursor</code></td><td>string or null</td><td></td></tr>
</tbody>
</table>
</div>
</section>
<section id="schema-PayoutKey">
<h3>PayoutKey</h3>
<div class="table">
<table>
<caption>Members</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>id</code></td><td>string</td><td></td></tr>
<tr><td><code>algorithm</code></td><td>string: <code>Ed25519</code></td><td></td></tr>
<tr><td><code>public_key</code></td><td>string</td><td>32 bytes in base64.</td></tr>
</tbody>
</table>
</div>
</section>
<section id="schema-Denomination">
<h3>Denomination</h3>
<div class="table">
<table>
<caption>Members</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>symbol</code></td><td>string</td><td></td></tr>
<tr><td><code>decimals</code></td><td>integer, from 0</td><td></td></tr>
<tr><td><code>minimum</code></td><td>string</td><td></td></tr>
<tr><td><code>maximum</code></td><td>string</td><td></td></tr>
<tr><td><code>chain</code></td><td>string</td><td>CAIP-2.</td></tr>
<tr><td><code>asset</code></td><td><a href="#schema-Asset">Asset</a></td><td>CAIP-19.</td></tr>
<tr><td><code>family</code></td><td>string: <code>solana</code>, <code>ethereum</code>, <code>cosmos</code></td><td></td></tr>
</tbody>
</table>
</div>
</section>
<section id="schema-Challenge">
<h3>Challenge</h3>
<div class="table">
<table>
<caption>Members</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>challenge</code></td><td>string</td><td></td></tr>
<tr><td><code>message</code></td><td>string</td><td></td></tr>
<tr><td><code>expires_at</code></td><td><a href="#schema-Time">Time</a></td><td>RFC 3339, in UTC, with milliseconds.</td></tr>
<tr><td><code>previous_wallet</code> <small>optional</small></td><td>string</td><td>CAIP-10.</td></tr>
</tbody>
</table>
</div>
</section>
<section id="schema-Link">
<h3>Link</h3>
<div class="table">
<table>
<caption>Members</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>id</code></td><td>string (uuid)</td><td></td></tr>
<tr><td><code>github</code> <small>optional</small></td><td><a href="#schema-Account">Account</a></td><td></td></tr>
<tr><td><code>wallet</code> <small>optional</small></td><td>string</td><td>CAIP-10.</td></tr>
<tr><td><code>family</code></td><td>string: <code>solana</code>, <code>ethereum</code>, <code>cosmos</code></td><td></td></tr>
<tr><td><code>state</code></td><td>string: <code>pending</code>, <code>active</code>, <code>revoked</code></td><td></td></tr>
<tr><td><code>linked_at</code></td><td><a href="#schema-Time">Time</a></td><td>RFC 3339, in UTC, with milliseconds.</td></tr>
<tr><td><code>effective_at</code></td><td><a href="#schema-Time">Time</a></td><td>RFC 3339, in UTC, with milliseconds.</td></tr>
<tr><td><code>revoked_at</code> <small>optional</small></td><td><a href="#schema-Time">Time</a></td><td>RFC 3339, in UTC, with milliseconds.</td></tr>
</tbody>
</table>
</div>
</section>
<section id="schema-Identity">
<h3>Identity</h3>
<div class="table">
<table>
<caption>Members</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>github</code></td><td><a href="#schema-Account">Account</a></td><td></td></tr>
<tr><td><code>links</code></td><td>array of <a href="#schema-Link">Link</a></td><td></td></tr>
</tbody>
</table>
</div>
</section>
<section id="schema-Session">
<h3>Session</h3>
<div class="table">
<table>
<caption>Members</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>github</code> <small>optional</small></td><td><a href="#schema-Account">Account</a></td><td></td></tr>
<tr><td><code>csrf_token</code> <small>optional</small></td><td>string</td><td></td></tr>
<tr><td><code>program</code> <small>optional</small></td><td>string</td><td>The name of the API key.</td></tr>
<tr><td><code>scopes</code> <small>optional</small></td><td>array of string: <code>payouts</code>, <code>read</code></td><td></td></tr>
<tr><td><code>expires_at</code></td><td><a href="#schema-Time">Time</a></td><td>RFC 3339, in UTC, with milliseconds.</td></tr>
</tbody>
</table>
</div>
</section>
<section id="schema-Evaluation">
<h3>Evaluation</h3>
<div class="table">
<table>
<caption>Members</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>result</code></td><td>string</td><td>Decimal, in scientific notation beyond 10,000 digits of magnitude, or <code>true</code> or <code>false</code>.</td></tr>
<tr><td><code>exact</code></td><td>boolean</td><td></td></tr>
<tr><td><code>digits</code> <small>optional</small></td><td>integer</td><td>Significant digits that it was rounded to.</td></tr>
</tbody>
</table>
</div>
</section>
<section id="schema-EvaluationError">
<h3>EvaluationError</h3>
<div class="table">
<table>
<caption>Members</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>error</code></td><td>object</td><td></td></tr>
</tbody>
</table>
</div>
</section>
<section id="schema-Job">
<h3>Job</h3>
<div class="table">
<table>
<caption>Members</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>id</code></td><td>string (uuid)</td><td></td></tr>
<tr><td><code>kind</code></td><td>string: <code>batch</code>, <code>summarize</code></td><td></td></tr>
<tr><td><code>state</code></td><td>string: <code>queued</code>, <code>running</code>, <code>done</code>, <code>failed</code>, <code>cancelled</code></td><td></td></tr>
<tr><td><code>progress</code></td><td>object</td><td></td></tr>
<tr><td><code>created_at</code></td><td><a href="#schema-Time">Time</a></td><td>RFC 3339, in UTC, with milliseconds.</td></tr>
<tr><td><code>expires_at</code></td><td><a href="#schema-Time">Time</a></td><td>Until when it is kept.</td></tr>
<tr><td><code>result</code> <small>optional</small></td><td>object</td><td>As of the call; once done.</td></tr>
<tr><td><code>error</code> <small>optional</small></td><td>object</td><td></td></tr>
</tbody>
</table>
</div>
</section>
<section id="schema-Summary">
<h3>Summary</h3>
<div class="table">
<table>
<caption>Members</caption>
<thead><tr><th scope="col">member</th><th scope="col">type</th><th scope="col">what</th></tr></thead>
<tbody>
<tr><td><code>count</code></td><td>integer, from 0</td><td></td></tr>
<tr><td><code>sum</code></td><td>string</td><td></td></tr>
<tr><td><code>mean</code> <small>optional</small></td><td>string</td><td></td></tr>
<tr><td><code>variance</code> <small>optional</small></td><td>string</td><td></td></tr>
<tr><td><code>min</code> <small>optional</small></td><td>string</td><td></td></tr>
<tr><td><code>max</code> <small>optional</small></td><td>string</td><td></td></tr>
<tr><td><code>quantiles</code></td><td>object of string</td><td></td></tr>
<tr><td><code>exact</code></td><td>boolean</td><td></td></tr>
</tbody>
</table>
</div>
</section>
</main>
</body>
</html>
"""#
}
