import type { FrameworkDescriptor } from '../framework.js';
import { amqplibConsumers } from './amqplib.js';
import { apolloServer } from './apollo-server.js';
import { astro } from './astro.js';
import { awsLambda } from './aws-lambda.js';
import { azureFunctions } from './azure-functions.js';
import { bullmqWorkers } from './bullmq.js';
import { bun } from './bun.js';
import { cli } from './cli.js';
import { cloudflareWorkers } from './cloudflare-workers.js';
import { concurrency } from './concurrency.js';
import { connectRpc } from './connect-rpc.js';
import { cron } from './cron.js';
import { deno } from './deno.js';
import { elysia } from './elysia.js';
import { express } from './express.js';
import { fastify } from './fastify.js';
import { firebaseFunctions } from './firebase-functions.js';
import { googleCloudFunctions } from './google-cloud-functions.js';
import { graphqlJs } from './graphql-js.js';
import { graphqlTools } from './graphql-tools.js';
import { grpcServer } from './grpc-js.js';
import { h3 } from './h3.js';
import { hapi } from './hapi.js';
import { hono } from './hono.js';
import { inlineHelpers } from './inline.js';
import { jobPlatforms } from './job-platforms.js';
import { jobQueues } from './job-queues.js';
import { kafkaConsumers } from './kafka.js';
import { koaRouter } from './koa-router.js';
import { koa } from './koa.js';
import { memoHelpers } from './memo.js';
import { mqttConsumers } from './mqtt.js';
import { nest } from './nest.js';
import { netlify } from './netlify.js';
import { nextApp } from './next-app.js';
import { nextPages } from './next-pages.js';
import { nextProxy } from './next-proxy.js';
import { nitro } from './nitro.js';
import { nodeEvents } from './node-events.js';
import { nodeHttpServer } from './node-http.js';
import { polka } from './polka.js';
import { pothos } from './pothos.js';
import { reactRouter } from './react-router.js';
import { react } from './react.js';
import { remix } from './remix.js';
import { restify } from './restify.js';
import { socketIo } from './socket-io.js';
import { solidstart } from './solidstart.js';
import { sveltekit } from './sveltekit.js';
import { testRunners } from './test-runners.js';
import { timers } from './timers.js';
import { trpc } from './trpc.js';
import { typeGraphql } from './type-graphql.js';
import { vercel } from './vercel.js';
import { vite } from './vite.js';
import { ws } from './ws.js';

/** Every framework and platform of the catalog. */
export const frameworks: readonly FrameworkDescriptor[] = [
  amqplibConsumers,
  apolloServer,
  astro,
  awsLambda,
  azureFunctions,
  bullmqWorkers,
  bun,
  cli,
  cloudflareWorkers,
  concurrency,
  connectRpc,
  cron,
  deno,
  elysia,
  express,
  fastify,
  firebaseFunctions,
  googleCloudFunctions,
  graphqlJs,
  graphqlTools,
  grpcServer,
  h3,
  hapi,
  hono,
  inlineHelpers,
  jobPlatforms,
  jobQueues,
  kafkaConsumers,
  koaRouter,
  koa,
  memoHelpers,
  mqttConsumers,
  nest,
  netlify,
  nextApp,
  nextPages,
  nextProxy,
  nitro,
  nodeEvents,
  nodeHttpServer,
  polka,
  pothos,
  reactRouter,
  react,
  remix,
  restify,
  socketIo,
  solidstart,
  sveltekit,
  testRunners,
  timers,
  trpc,
  typeGraphql,
  vercel,
  vite,
  ws,
];
