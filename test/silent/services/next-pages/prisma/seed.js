const { PrismaPg } = require('@prisma/adapter-pg');
const { PrismaClient } = require('@prisma/client');

const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) });

async function main() {
  for (const title of ['Hello', 'World']) await prisma.post.create({ data: { title } });
}

main().finally(() => prisma.$disconnect());
