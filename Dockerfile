# syntax=docker/dockerfile:1
# One image for every service and command of Bursar. --target prebuilt makes it around an executable that is there already.

FROM swift:6.3-bookworm AS build
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends \
        libbotan-2-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libgmp-dev libmpfr-dev libnats-dev libpq-dev \
        libsecp256k1-dev pkg-config zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY Package.swift ./
COPY Protocol Protocol
COPY Platform Platform
COPY Services Services
COPY Tests Tests
RUN --mount=type=cache,target=/src/.build,sharing=locked \
    --mount=type=cache,target=/root/.cache,sharing=locked \
    swift build -c release --static-swift-stdlib --product bursar \
    && install -s -m 755 "$(swift build -c release --static-swift-stdlib --show-bin-path)/bursar" /bursar

FROM debian:bookworm-slim AS base
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Bursar" \
      org.opencontainers.image.description="Bounties on GitHub issues, as a suite of services" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
# hadolint ignore=DL3008
RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        ca-certificates libbotan-2-19 libcmark-gfm-extensions0.29.0.gfm.6 libcmark-gfm0.29.0.gfm.6 libgmp10 libmpfr6 \
        libnats3.4 libpq5 libsecp256k1-1 \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/* /var/log/* /usr/share/doc/*
COPY migrations /usr/share/bursar/migrations
ENV HTTP_HOST=0.0.0.0 \
    MIGRATIONS_DIRECTORY=/usr/share/bursar/migrations
USER 65532:65532
EXPOSE 7400 8080 8081 9090
ENTRYPOINT ["/usr/local/bin/bursar"]

FROM base AS prebuilt
# In the context.
ARG EXECUTABLE=bursar
COPY ${EXECUTABLE} /usr/local/bin/bursar

FROM base AS runtime
COPY --from=build /bursar /usr/local/bin/bursar
