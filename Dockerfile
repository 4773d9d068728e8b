# The start page, as static files.
FROM node:26-slim AS pages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY playground/package.json playground/
RUN npm ci
COPY . .
RUN npm run playground:build

FROM node:26-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 DATA_DIR=/data
# sh would keep SIGTERM from the process that npm runs; bash hands over to it.
ENV npm_config_script_shell=/bin/bash
COPY package.json package-lock.json .npmrc ./
# The playground's libraries are in its bundle.
RUN npm ci --omit=dev --no-workspaces && npm cache clean --force
COPY schema.graphql ./
COPY src src
COPY scripts scripts
COPY --from=pages /app/playground/dist playground/dist
# What the process writes: letters that nobody sends, and Node's compiled code.
RUN mkdir -p /data node_modules/.cache && chown node:node /data node_modules/.cache
USER node
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s --retries=6 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["npm", "run", "serve"]
