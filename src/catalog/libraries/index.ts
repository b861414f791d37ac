import type { LibraryDescriptor } from '../descriptor.js';
import { agentkeepalive } from './agentkeepalive.js';
import { amqplib } from './amqplib.js';
import { anthropic } from './anthropic.js';
import { apolloClient } from './apollo-client.js';
import { awsSdk } from './aws-sdk.js';
import { axios } from './axios.js';
import { azureSdk } from './azure-sdk.js';
import { betterSqlite3 } from './better-sqlite3.js';
import { bullmq } from './bullmq.js';
import { cacheableLookup } from './cacheable-lookup.js';
import { cassandraDriver } from './cassandra-driver.js';
import { clickhouse } from './clickhouse.js';
import { confluentKafkaJavascript } from './confluent-kafka-javascript.js';
import { connectNode } from './connect-node.js';
import { drizzle } from './drizzle.js';
import { duckdb } from './duckdb.js';
import { elasticsearch } from './elasticsearch.js';
import { fetch } from './fetch.js';
import { firebaseAdmin } from './firebase-admin.js';
import { gaxios } from './gaxios.js';
import { genericPool } from './generic-pool.js';
import { googleCloud } from './google-cloud.js';
import { googleapis } from './googleapis.js';
import { got } from './got.js';
import { graphqlRequest } from './graphql-request.js';
import { grpcJs } from './grpc-js.js';
import { httpProxyAgent } from './http-proxy-agent.js';
import { httpsProxyAgent } from './https-proxy-agent.js';
import { influx } from './influx.js';
import { ioredis } from './ioredis.js';
import { kafkajs } from './kafkajs.js';
import { knex } from './knex.js';
import { ky } from './ky.js';
import { kysely } from './kysely.js';
import { libsql } from './libsql.js';
import { lightningPool } from './lightning-pool.js';
import { mariadb } from './mariadb.js';
import { memcached } from './memcached.js';
import { memjs } from './memjs.js';
import { mikroOrm } from './mikro-orm.js';
import { mongodb } from './mongodb.js';
import { mongoose } from './mongoose.js';
import { mqtt } from './mqtt.js';
import { mssql } from './mssql.js';
import { mysql } from './mysql.js';
import { mysql2 } from './mysql2.js';
import { nats } from './nats.js';
import { needle } from './needle.js';
import { neo4jDriver } from './neo4j-driver.js';
import { neon } from './neon.js';
import { nodeFetch } from './node-fetch.js';
import { nodeHttp } from './node-http.js';
import { nodeHttp2 } from './node-http2.js';
import { nodeNet } from './node-net.js';
import { nodeRedis } from './node-redis.js';
import { nodemailer } from './nodemailer.js';
import { objection } from './objection.js';
import { ofetch } from './ofetch.js';
import { openai } from './openai.js';
import { opensearch } from './opensearch.js';
import { oracledb } from './oracledb.js';
import { pgPromise } from './pg-promise.js';
import { pg } from './pg.js';
import { phin } from './phin.js';
import { piscina } from './piscina.js';
import { planetscale } from './planetscale.js';
import { playwright } from './playwright.js';
import { postgresJs } from './postgres-js.js';
import { prisma } from './prisma.js';
import { puppeteer } from './puppeteer.js';
import { request } from './request.js';
import { sequelize } from './sequelize.js';
import { slonik } from './slonik.js';
import { socketIoClient } from './socket-io-client.js';
import { socksProxyAgent } from './socks-proxy-agent.js';
import { sqlite3 } from './sqlite3.js';
import { ssh2 } from './ssh2.js';
import { supabase } from './supabase.js';
import { superagent } from './superagent.js';
import { tarn } from './tarn.js';
import { tedious } from './tedious.js';
import { typeorm } from './typeorm.js';
import { undici } from './undici.js';
import { upstashRedis } from './upstash-redis.js';
import { vercelPostgres } from './vercel-postgres.js';
import { workerpool } from './workerpool.js';
import { wretch } from './wretch.js';
import { ws } from './ws.js';

/** Every library of the catalog. */
export const libraries: readonly LibraryDescriptor[] = [
  agentkeepalive,
  amqplib,
  anthropic,
  apolloClient,
  awsSdk,
  axios,
  azureSdk,
  betterSqlite3,
  bullmq,
  cacheableLookup,
  cassandraDriver,
  clickhouse,
  confluentKafkaJavascript,
  connectNode,
  drizzle,
  duckdb,
  elasticsearch,
  fetch,
  firebaseAdmin,
  gaxios,
  genericPool,
  googleCloud,
  googleapis,
  got,
  graphqlRequest,
  grpcJs,
  httpProxyAgent,
  httpsProxyAgent,
  influx,
  ioredis,
  kafkajs,
  knex,
  ky,
  kysely,
  libsql,
  lightningPool,
  mariadb,
  memcached,
  memjs,
  mikroOrm,
  mongodb,
  mongoose,
  mqtt,
  mssql,
  mysql,
  mysql2,
  nats,
  needle,
  neo4jDriver,
  neon,
  nodeFetch,
  nodeHttp,
  nodeHttp2,
  nodeNet,
  nodeRedis,
  nodemailer,
  objection,
  ofetch,
  openai,
  opensearch,
  oracledb,
  pgPromise,
  pg,
  phin,
  piscina,
  planetscale,
  playwright,
  postgresJs,
  prisma,
  puppeteer,
  request,
  sequelize,
  slonik,
  socketIoClient,
  socksProxyAgent,
  sqlite3,
  ssh2,
  supabase,
  superagent,
  tarn,
  tedious,
  typeorm,
  undici,
  upstashRedis,
  vercelPostgres,
  workerpool,
  wretch,
  ws,
];
