const https = require('https');
const axios = require('axios');
const { Client } = require('@elastic/elasticsearch');
const Post = require('../models/post');

const search = new Client({ node: process.env.ELASTIC_URL, requestTimeout: 5000, maxRetries: 2 });
const moderation = axios.create({
  baseURL: process.env.MODERATION_URL,
  timeout: 3000,
  httpsAgent: new https.Agent({ keepAlive: true, maxSockets: 10, timeout: 30000 }),
});

exports.list = async (req, res, next) => {
  try {
    res.json(
      await Post.find({ thread: req.params.thread }).sort('-createdAt').limit(50).maxTimeMS(2000).lean(),
    );
  } catch (err) {
    next(err);
  }
};

exports.create = async function (req, res, next) {
  try {
    const { data } = await moderation.post('/check', { text: req.body.text });
    if (!data.ok) return res.status(422).json({ error: 'rejected' });
    const post = await Post.write(req.params.thread, req.session.user, req.body.text);
    search
      .index({ index: 'posts', id: String(post._id), document: { text: post.text } })
      .catch((err) => console.warn(err.message));
    res.status(201).json(post);
  } catch (err) {
    next(err);
  }
};

exports.search = (req, res, next) =>
  search
    .search({ index: 'posts', query: { match: { text: req.query.q } } })
    .then(({ hits }) => res.json(hits.hits))
    .catch(next);

exports.close = () => search.close();
