import { books, rename, type createAuthorLoader } from './sources/mongo.js';
import { hasCover } from './sources/covers.js';
import { copies } from './sources/stock.js';

export interface Context {
  requestId: string;
  authors: ReturnType<typeof createAuthorLoader>;
}

interface Book {
  isbn: string;
  author: string;
}

export const resolvers = {
  Query: {
    books: (_root: unknown, { first = 20 }: { first?: number }) =>
      books.find({}, { maxTimeMS: 3_000 }).limit(Math.min(first, 100)).toArray(),
  },
  Mutation: {
    rename: async (_root: unknown, { id, title }: { id: string; title: string }) => {
      await rename(id, title);
      return true;
    },
  },
  Book: {
    author: (book: Book, _args: unknown, { authors }: Context) => authors.load(book.author),
    copies: (book: Book, _args: unknown, { requestId }: Context) => copies(book.isbn, requestId),
    cover: async (book: Book) =>
      (await hasCover(book.isbn)) ? `https://covers.openlibrary.org/b/isbn/${book.isbn}-M.jpg` : null,
  },
};
