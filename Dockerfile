# syntax=docker/dockerfile:1
# The program alone, on a system without a shell, as a user who is nobody in particular; it writes nowhere but in /data.
#   docker build --build-arg REVISION="$(git rev-parse HEAD)" --build-arg SOURCE_DATE_EPOCH="$(git log -1 --format=%ct)" -t wederhoor .
# With the same arguments, and BuildKit's rewrite-timestamp=true, the same source becomes the same image.

# As rust-toolchain.toml says.
ARG RUST_VERSION=1.95.0

FROM rust:${RUST_VERSION}-slim-trixie AS chef
ARG RUST_VERSION
# The compiler of the image itself: what rust-toolchain.toml asks for beside it builds nothing.
ENV RUSTUP_TOOLCHAIN=${RUST_VERSION}
RUN cargo install cargo-chef --version 0.1.78 --locked
WORKDIR /src

FROM chef AS planner
COPY . .
RUN cargo chef prepare --recipe-path recipe.json

FROM chef AS builder
COPY --from=planner /src/recipe.json recipe.json
# Everything by others: built anew only when a dependency changes.
RUN cargo chef cook --release --locked --package wederhoor-server --recipe-path recipe.json
COPY . .
RUN cargo build --release --locked --package wederhoor-server
ARG SOURCE_DATE_EPOCH=0
RUN install -D --mode=0755 target/release/wederhoor /image/usr/bin/wederhoor \
    && install -D --mode=0644 LICENSE /image/usr/share/doc/wederhoor/LICENSE \
    && install -d --mode=0750 /data \
    && find /image /data -exec touch --no-dereference --date="@${SOURCE_DATE_EPOCH}" {} +

# Of the same Debian as the builder, whose libc the program is linked with.
FROM gcr.io/distroless/cc-debian13:nonroot
ARG VERSION=0.1.0
ARG REVISION=""
ARG SOURCE=""
LABEL org.opencontainers.image.title="wederhoor" \
      org.opencontainers.image.description="Complaints, handled to the letter of each organisation's own regulation" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.base.name="gcr.io/distroless/cc-debian13:nonroot"
COPY --from=builder /image/ /
# For who mounts a volume here: an SQLite database stands in it unless another is set.
COPY --from=builder --chown=65532:65532 /data /data
WORKDIR /
USER 65532:65532
# Whoever reaches the container reaches the program, which then asks for WEDERHOOR_BASE_URL.
ENV WEDERHOOR_BIND=0.0.0.0:8080
EXPOSE 8080
ENTRYPOINT ["/usr/bin/wederhoor"]
CMD ["serve"]
