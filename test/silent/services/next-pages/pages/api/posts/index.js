import clientPromise from '../../../lib/mongodb';
import prisma from '../../../lib/prisma';

export default async function handler(req, res) {
  if (req.method === 'POST') {
    const post = await prisma.$transaction(async (tx) => {
      const created = await tx.post.create({ data: req.body });
      await tx.audit.create({ data: { postId: created.id } });
      return created;
    });
    return res.status(201).json(post);
  }
  const mongo = await clientPromise;
  const views = await mongo.db('blog').collection('views').find({}, { maxTimeMS: 2_000 }).limit(20).toArray();
  res.json(views);
}
