import exitHook from 'async-exit-hook';
import express from 'express';
import { closeEvents, events } from './routes/events.js';
import { closeMaps, maps } from './routes/maps.js';
import { closePlaces, places } from './routes/places.js';
import { closeTransport, transport } from './routes/transport.js';
import { closeWeather, weather } from './routes/weather.js';

const app = express().use(express.json());
app
  .use('/places', places)
  .use('/weather', weather)
  .use('/events', events)
  .use('/maps', maps)
  .use('/transport', transport);

const server = app.listen(3000);

exitHook((done: () => void) => {
  server.close(() => {
    Promise.allSettled([closePlaces(), closeWeather(), closeEvents(), closeMaps(), closeTransport()]).finally(
      done,
    );
  });
});
