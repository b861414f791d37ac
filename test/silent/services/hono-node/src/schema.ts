import { integer, pgTable, serial, text, timestamp } from 'drizzle-orm/pg-core'

export const bookmarks = pgTable('bookmarks', {
  id: serial('id').primaryKey(),
  owner: integer('owner').notNull(),
  url: text('url').notNull(),
  title: text('title'),
  created: timestamp('created').defaultNow(),
})

export const tags = pgTable('tags', {
  bookmark: integer('bookmark').references(() => bookmarks.id),
  name: text('name').notNull(),
})
