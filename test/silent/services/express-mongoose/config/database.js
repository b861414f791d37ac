const mongoose = require('mongoose');

mongoose.set('strictQuery', true);

const options = {
  maxPoolSize: 20,
  maxIdleTimeMS: 60000,
  serverSelectionTimeoutMS: 5000,
  waitQueueTimeoutMS: 5000,
  socketTimeoutMS: 45000,
};

exports.connect = async function connect(attempts = 5) {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      return await mongoose.connect(process.env.MONGODB_URI, options);
    } catch (err) {
      if (attempt === attempts) throw err;
      console.warn('MongoDB: attempt %d failed: %s', attempt, err.message);
      await new Promise((resolve) => setTimeout(resolve, attempt * 1000));
    }
  }
};

// Statistics live in another cluster.
exports.stats = mongoose.createConnection(process.env.STATS_URI, { ...options, maxPoolSize: 5 });
exports.stats.on('error', (err) => console.error('stats', err));

exports.disconnect = () => Promise.all([mongoose.disconnect(), exports.stats.close()]);
