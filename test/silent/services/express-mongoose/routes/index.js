const https = require('https');
const express = require('express');
const { createProxyMiddleware } = require('http-proxy-middleware');
const posts = require('../controllers/posts');

const router = express.Router();

router.route('/threads/:thread/posts').get(posts.list).post(posts.create);
router.get('/search', posts.search);
router.use(
  '/avatars',
  createProxyMiddleware({
    target: 'https://avatars.example',
    changeOrigin: true,
    proxyTimeout: 10000,
    agent: new https.Agent({ keepAlive: true, maxSockets: 20, timeout: 30000 }),
  }),
);

module.exports = router;
