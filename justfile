# `just` alone lists these.
_default:
    @just --list

# Build and run the whole suite, with a PostgreSQL and a nats-server of its own
up *arguments:
    ./scripts/up {{arguments}}

# All tests and checks; `just test --filter Grammar` for some
test *arguments:
    ./scripts/test {{arguments}}

# The pages in a headless Chromium: `just browser-test --pictures /tmp/pictures`
browser-test *arguments:
    ./scripts/browser-test {{arguments}}

# Debug build of everything
build:
    ./scripts/install
    swift build --build-tests

# Formatting and layout of the sources
check:
    ./scripts/check

# Reformat the sources
format:
    git ls-files -z --cached --others --exclude-standard '*.swift' | xargs -0 swift format format --in-place --parallel

# Feed the RPC protocol's decoders and the calculator with made-up input, for so many seconds
fuzz seconds="300":
    ./scripts/fuzz {{seconds}}

# Measure: `just bench` all, `just bench rpc`, `just bench server calculator`
bench *arguments:
    ./scripts/bench {{arguments}}

# Database migrations: `just migrate status`, `just migrate up`, `just migrate down bounty`
migrate *arguments:
    swift run bursar migrate {{arguments}}

# Send a webhook to the running suite: `just webhook issue_comment comment.json`
webhook event file:
    swift run bursar webhook send {{event}} {{file}}

# The manifests in k8s/ and the image, without a cluster
kube-test *tests:
    ./scripts/kube-test {{tests}}

# Apply every overlay, twice, to the API server of KUBECONFIG or of ../shared/kube
kube-check:
    ./scripts/kube-test --api-server

# The image, with Docker, Podman or buildah
image *arguments:
    ./scripts/image {{arguments}}
