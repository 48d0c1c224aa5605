# Redoubt as an image: built in one stage, run in another, by a user without rights, with the model runtime of one
# platform alone. `docker build -t redoubt .`
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc* ./
RUN npm ci --no-audit --no-fund
COPY . .
# The git folder is not copied: the commit is given, or unknown.
ARG COMMIT=""
RUN npm run build && if [ -n "$COMMIT" ]; then echo "$COMMIT" > dist/commit; fi

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc* ./
# Without the build's packages; of the runtime's libraries only those of this platform stay.
RUN npm ci --omit=dev --no-audit --no-fund \
 && runtime=node_modules/onnxruntime-node/bin \
 && if [ -d "$runtime" ]; then \
      arch="$(node -p process.arch)"; \
      find "$runtime" -mindepth 3 -maxdepth 3 -type d ! -path "*/linux/$arch" -exec rm -rf {} +; \
    fi

FROM node:24-bookworm-slim
ENV NODE_ENV=production REDOUBT_HOST=0.0.0.0 REDOUBT_DATA=/data
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE README.md CHANGELOG.md ./
COPY bin bin
COPY data data
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4000/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/redoubt.js"]
CMD ["serve"]
