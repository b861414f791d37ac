const mongoose = require('mongoose');

const postSchema = new mongoose.Schema(
  {
    thread: { type: mongoose.Types.ObjectId, ref: 'Thread', index: true },
    author: String,
    text: { type: String, maxlength: 10000 },
  },
  { timestamps: true },
);

postSchema.statics.write = async function write(thread, author, text) {
  const session = await mongoose.startSession();
  try {
    let post;
    await session.withTransaction(async () => {
      [post] = await this.create([{ thread, author, text }], { session });
      await mongoose.connection
        .collection('threads')
        .updateOne({ _id: thread }, { $inc: { posts: 1 } }, { session });
    });
    return post;
  } finally {
    await session.endSession();
  }
};

module.exports = mongoose.model('Post', postSchema);
