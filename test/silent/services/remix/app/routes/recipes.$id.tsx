import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { Form, useLoaderData } from '@remix-run/react';
import { inTransaction, pool } from '../db.server';

export async function loader({ params }: LoaderFunctionArgs) {
  const [recipe] = await pool.query('SELECT id, title, steps FROM recipes WHERE id = ?', [params.id]);
  if (!recipe) throw new Response('no such recipe', { status: 404 });
  return json({ recipe });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const form = await request.formData();
  const stars = Number(form.get('stars'));
  await inTransaction(async (connection) => {
    await connection.query('INSERT INTO ratings (recipe, stars) VALUES (?, ?)', [params.id, stars]);
    await connection.query(
      'UPDATE recipes SET stars = (SELECT avg(stars) FROM ratings WHERE recipe = ?) WHERE id = ?',
      [params.id, params.id],
    );
  });
  return json({ ok: true });
}

export default function Recipe() {
  const { recipe } = useLoaderData<typeof loader>();
  return (
    <Form method="post">
      <h1>{recipe.title}</h1>
      <input type="number" name="stars" min={1} max={5} />
    </Form>
  );
}
