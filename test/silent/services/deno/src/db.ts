import postgres from "postgres";

export const sql = postgres(Deno.env.get("DATABASE_URL")!, {
  max: 10,
  connect_timeout: 5,
  idle_timeout: 60,
  max_lifetime: 1800,
  connection: { statement_timeout: 10_000 },
});

export interface Note {
  id: number;
  text: string;
}

export const notes = (owner: string) =>
  sql<Note[]>`SELECT id, text FROM notes WHERE owner = ${owner} ORDER BY id LIMIT 100`;

export const move = (from: string, to: string) =>
  sql.begin(async (tx) => {
    await tx`UPDATE notes SET owner = ${to} WHERE owner = ${from}`;
    await tx`INSERT INTO moves (source, target) VALUES (${from}, ${to})`;
  });
