import restify from 'restify';
import { forked, orm } from './orm.js';

interface Parcel {
  id: number;
  state: string;
}

const server = restify.createServer({ name: 'parcels' });
server.use(restify.plugins.bodyParser());
server.use(forked);

server.get('/parcels/:id', async (req, res) => {
  const em = orm.em.fork();
  const parcel = await em.findOne<Parcel>('Parcel', { id: Number(req.params.id) });
  res.send(parcel ? 200 : 404, parcel);
});

server.post('/parcels/:id/scan', async (req, res) => {
  await orm.em.fork().transactional(async (em) => {
    const parcel = await em.findOneOrFail<Parcel>('Parcel', { id: Number(req.params.id) });
    parcel.state = req.body.state;
    em.create('Scan', { parcel, at: new Date() });
  });
  res.send(204);
});

server.on('close', () => {
  orm.close().catch((error) => console.error(error));
});

server.listen(8080);
process.once('SIGTERM', () => server.close());
