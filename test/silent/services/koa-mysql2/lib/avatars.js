'use strict';

const { HttpsAgent } = require('agentkeepalive');
const axios = require('axios');

const agent = new HttpsAgent({
  maxSockets: 20,
  maxFreeSockets: 5,
  timeout: 10_000,
  freeSocketTimeout: 4_000,
});

const client = axios.create({
  baseURL: 'https://www.gravatar.com',
  httpsAgent: agent,
  timeout: 3_000,
  validateStatus: (status) => status === 200 || status === 404,
});

exports.find = async (hash) => {
  const { status, data } = await client.get(`/${hash}.json`);
  return status === 404 ? null : data.entry[0].thumbnailUrl;
};

exports.pipe = async (hash, ctx) => {
  const response = await client.get(`/avatar/${hash}`, {
    responseType: 'stream',
    validateStatus: null,
    signal: AbortSignal.timeout(10_000),
  });
  if (response.status !== 200) {
    response.data.resume();
    ctx.throw(404);
  }
  ctx.type = response.headers['content-type'];
  ctx.body = response.data;
};

exports.close = () => agent.destroy();
