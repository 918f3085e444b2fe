# One build, five images: inference, router, control, web, worker.
#   docker build --target inference --tag incumbent/inference .
# Behind a registry of your own: --build-arg NPM_REGISTRY=… or, with credentials, --secret id=npmrc,src=$HOME/.npmrc
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
ARG NPM_REGISTRY=https://registry.npmjs.org/
ENV NPM_CONFIG_REGISTRY=${NPM_REGISTRY} NPM_CONFIG_UPDATE_NOTIFIER=false NPM_CONFIG_FUND=false NPM_CONFIG_AUDIT=false
COPY package.json package-lock.json ./

# Scripts of packages are not run: none of those that reach an image needs one. Not `npm ci`: it refuses a lock file that
# leaves out the optional packages of other platforms, of which `npm install` takes the locked versions just the same.
RUN --mount=type=cache,target=/root/.npm --mount=type=secret,id=npmrc,target=/root/.npmrc \
    npm install --no-save --ignore-scripts --loglevel=error
COPY . .
RUN node --import tsx scripts/build.mjs

# A stage for each service, so that a target builds no more than it needs.
FROM build AS inference-files
RUN node scripts/collect-image-files.mjs --out /image dist/inference/server.js
FROM build AS router-files
RUN node scripts/collect-image-files.mjs --out /image dist/router/server.js
FROM build AS control-files
RUN node scripts/collect-image-files.mjs --out /image dist/control/server.js dist/adapters/postgres/migrate.js dist/scripts/verify-state.js
FROM build AS web-files
RUN node scripts/collect-image-files.mjs --out /image dist/web/server.js --with dist/web/dist
FROM build AS worker-files
RUN node scripts/collect-image-files.mjs --out /image dist/worker.js dist/stack/bootstrap.js

# What all images share: node, tini, the unprivileged user, one folder for state. Package managers and headers are not
# needed to run; copied into an empty image, what was removed takes no room.
FROM ${NODE_IMAGE} AS slim
RUN apt-get update && apt-get install -y --no-install-recommends tini \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/*-old /var/log/* /tmp/* /root/.npm /usr/share/doc/* \
    && rm -rf /usr/local/lib/node_modules /usr/local/include /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack \
       /usr/local/bin/yarn* /opt/yarn* \
    && install -d -o 1000 -g 1000 /var/lib/incumbent

FROM scratch AS base
COPY --from=slim / /
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8
ENV NODE_ENV=production HOST=0.0.0.0 INCUMBENT_HOME=/var/lib/incumbent
ARG REVISION=unknown
ARG VERSION=0.1.0
ENV CODE_REVISION=${REVISION}
LABEL org.opencontainers.image.title="Incumbent" \
      org.opencontainers.image.description="Keeps a model in production and promotes a candidate only when it beats the incumbent" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
WORKDIR /app
COPY --chmod=0555 docker/health.sh docker/with-address.sh /usr/local/bin/
USER 1000:1000
VOLUME /var/lib/incumbent
# HEALTH of each image: the variable with its port, and the path that answers 200.
HEALTHCHECK --interval=5s --start-interval=1s --timeout=3s --start-period=120s --retries=3 CMD exec health.sh $HEALTH
ENTRYPOINT ["tini", "--"]

FROM base AS inference
COPY --from=inference-files /image ./
ENV PORT=6001 HEALTH="PORT /v2/health/live" MALLOC_ARENA_MAX=1
EXPOSE 6001
CMD ["with-address.sh", "node", "dist/inference/server.js"]

FROM base AS router
USER root
RUN apt-get update && apt-get install -y --no-install-recommends nginx-light \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/*-old /var/log/* /usr/share/doc/* /var/www
USER 1000:1000
COPY --from=router-files /image ./
ENV ROUTER=nginx ROUTER_PORT=7000 HEALTH="ROUTER_PORT /router/health"
EXPOSE 7000
CMD ["node", "dist/router/server.js"]

# Also carries the schema migration (node dist/adapters/postgres/migrate.js) and the check after a restore.
FROM base AS control
COPY --from=control-files /image ./
ENV CONTROL_PORT=6600 HEALTH="CONTROL_PORT /api/health"
EXPOSE 6600
CMD ["node", "dist/control/server.js"]

FROM base AS web
COPY --from=web-files /image ./
ENV WEB_PORT=6500 HEALTH="WEB_PORT /healthz"
EXPOSE 6500
CMD ["node", "dist/web/server.js"]

# Also carries the first training (node dist/stack/bootstrap.js).
FROM base AS worker
COPY --from=worker-files /image ./
ENV WORKER_PORT=6700 HEALTH="WORKER_PORT /health"
EXPOSE 6700 6701
CMD ["node", "dist/worker.js"]
