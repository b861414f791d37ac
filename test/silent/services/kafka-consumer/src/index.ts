import closeWithGrace from 'close-with-grace';
import { start, stop } from './consumer.js';
import { run } from './enrich.js';

await start();
const stopEnriching = await run();

closeWithGrace({ delay: 20_000 }, async ({ err }) => {
  if (err) console.error(err);
  await stopEnriching();
  await stop();
});
