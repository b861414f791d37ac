import axios from 'axios';
import https from 'node:https';
import prisma from '../../../lib/prisma';

const spam = axios.create({
  baseURL: process.env.SPAM_URL,
  timeout: 2_000,
  httpsAgent: new https.Agent({ keepAlive: true, maxSockets: 20, timeout: 30_000 }),
});

const handlers = {
  GET: async (req, res) => res.json(await prisma.post.findUnique({ where: { id: Number(req.query.id) } })),
  PUT: async (req, res) => {
    const { data } = await spam.post('/score', { text: req.body.text });
    if (data.score > 0.9) return res.status(422).end();
    res.json(await prisma.post.update({ where: { id: Number(req.query.id) }, data: req.body }));
  },
  DELETE: async (req, res) => {
    await prisma.post.delete({ where: { id: Number(req.query.id) } });
    res.status(204).end();
  },
};

export default async function handler(req, res) {
  const method = handlers[req.method];
  if (!method) return res.status(405).end();
  await method(req, res);
}
