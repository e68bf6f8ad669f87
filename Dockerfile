# One version for both stages: what is compiled in the first (the socket module of hot-shots) only loads under the same Node ABI.
ARG NODE_VERSION=24

FROM node:${NODE_VERSION}-bookworm AS build
WORKDIR /app

# What `npm ci` needs, alone: a change in src leaves this layer cached. The prepare script derives generated/ from the installed jsonata.
COPY package.json package-lock.json .npmrc ./
COPY tools/derive-jsonata tools/derive-jsonata
RUN npm ci

COPY tsconfig.json tsconfig.build.json ./
COPY src src
COPY schema schema
# Pruned rather than installed anew: `npm ci --omit=dev` would run the prepare script, whose parts it has just left out.
# The client of Datadog's API is 133 MB that only `assay apply` needs: `--build-arg WITH_DATADOG_CLIENT=yes` makes an image for pipelines.
ARG WITH_DATADOG_CLIENT=no
RUN npm run build && npm prune --omit=dev && if [ "$WITH_DATADOG_CLIENT" != yes ]; then rm -rf node_modules/@datadog; fi
# npm is silent about an optional part that did not compile; metrics over a Unix socket would then be lost.
RUN ["node", "-e", "require('unix-dgram')"]

FROM node:${NODE_VERSION}-bookworm-slim
LABEL org.opencontainers.image.title="assay" \
      org.opencontainers.image.description="Contract tests on live Kafka topics, with metrics to StatsD" \
      org.opencontainers.image.licenses="MIT"
ARG ASSAY_VERSION=dev
ARG ASSAY_REVISION=unknown
LABEL org.opencontainers.image.version="${ASSAY_VERSION}" \
      org.opencontainers.image.revision="${ASSAY_REVISION}"

WORKDIR /app
# Owned by root: the process may run its code, not change it.
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/generated generated
COPY --from=build /app/schema schema
COPY --from=build /app/dist dist

# ASSAY_HTTP on all addresses, because probes come from outside the container; the default is the loopback address.
ENV NODE_ENV=production \
    ASSAY_RULES=/rules \
    ASSAY_HTTP=0.0.0.0:8080
EXPOSE 8080

# A number, for Kubernetes can't prove that a name is not root.
USER 10001:10001

STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.ASSAY_HTTP.split(':').at(-1)}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]

# Exec form: Node is process 1 and gets the signal itself; a shell would keep it.
ENTRYPOINT ["node", "/app/dist/main.js"]
CMD ["run"]
