import functions from '@google-cloud/functions-framework';
import { Agent } from 'node:https';
import { request } from 'gaxios';

/** A handler that is put together by its first call. */
const lazily = (make) => {
  let handler;
  return (req, res) => (handler ??= make())(req, res);
};

functions.http(
  'rates',
  lazily(() => {
    const agent = new Agent({ keepAlive: true, maxSockets: 5, timeout: 10_000 });
    return async (req, res) => {
      const { data } = await request({
        url: `https://rates.example/${req.query.base ?? 'EUR'}`,
        agent,
        timeout: 3_000,
      });
      res.json(data);
    };
  }),
);
