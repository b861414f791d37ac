'use strict';

const { WebSocket, WebSocketServer } = require('ws');

/** Passes every visitor on to the room they ask for: a socket upstream for each socket, closed together. */
function gateway(server) {
  const wss = new WebSocketServer({ server, path: '/ws', clientTracking: true });

  wss.on('connection', (client, request) => {
    const room = new URL(request.url, 'http://localhost').searchParams.get('room') ?? 'lobby';
    const upstream = new WebSocket(`ws://rooms.internal/${encodeURIComponent(room)}`, {
      handshakeTimeout: 3_000,
    });
    upstream.on('error', () => client.close(1011));
    upstream.on('message', (data, binary) => client.send(data, { binary }));
    upstream.on('close', () => client.close());
    client.on('message', (data, binary) => {
      if (upstream.readyState === WebSocket.OPEN) upstream.send(data, { binary });
    });
    client.on('error', () => upstream.terminate());
    client.on('close', () => upstream.close());
  });

  return () => {
    for (const client of wss.clients) client.terminate();
    wss.close();
  };
}

module.exports = { gateway };
