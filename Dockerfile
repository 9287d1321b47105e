FROM node:20-bookworm-slim AS build
WORKDIR /talbot
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json ./
COPY src ./src
COPY adapters ./adapters
COPY jobs ./jobs
RUN npm run build && npm prune --omit=dev

FROM node:20-bookworm-slim
ENV NODE_ENV=production
WORKDIR /talbot
COPY --from=build --chown=node:node /talbot/node_modules ./node_modules
COPY --from=build --chown=node:node /talbot/dist ./dist
COPY --from=build --chown=node:node /talbot/src/content ./src/content
COPY --from=build --chown=node:node /talbot/package.json ./package.json
RUN mkdir /data && chown node:node /data
USER node
ENV TALBOT_DATA=/data HOST=0.0.0.0
EXPOSE 3978
CMD ["node", "--enable-source-maps", "dist/adapters/start.js", "--no-worker", "--no-chat"]
