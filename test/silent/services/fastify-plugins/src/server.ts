import closeWithGrace from 'close-with-grace';
import { build } from './app.js';

const app = await build({ logger: { level: 'info' }, trustProxy: true });

closeWithGrace({ delay: 10_000 }, async ({ signal, err }) => {
  if (err) app.log.error({ err }, 'closing after an error');
  else app.log.info({ signal }, 'closing');
  await app.close();
});

await app.listen({ host: '0.0.0.0', port: Number(process.env.PORT ?? 3000) });
