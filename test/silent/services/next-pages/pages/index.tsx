import type { GetServerSideProps } from 'next';
import prisma from '../lib/prisma';

interface Props {
  posts: { id: number; title: string }[];
  weather: string | null;
}

export default function Home({ posts, weather }: Props) {
  return (
    <>
      <p>{weather}</p>
      {posts.map((post) => (
        <h2 key={post.id}>{post.title}</h2>
      ))}
    </>
  );
}

export const getServerSideProps: GetServerSideProps<Props> = async () => {
  const [posts, weather] = await Promise.all([
    prisma.post.findMany({ take: 10, select: { id: true, title: true } }),
    fetch('https://wttr.in/?format=3', { signal: AbortSignal.timeout(1_000) }).then(
      (response) => response.text(),
      () => null,
    ),
  ]);
  return { props: { posts, weather } };
};
