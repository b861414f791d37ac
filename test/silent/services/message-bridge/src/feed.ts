import { EventEmitter } from 'node:events';
import WebSocket from 'ws';

/** A feed that connects again after a loss. */
export class Feed extends EventEmitter {
  #socket: WebSocket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(private readonly url: string) {
    super();
    this.#connect();
  }

  #connect(): void {
    const socket = new WebSocket(this.url, { handshakeTimeout: 5_000 });
    this.#socket = socket;
    socket.on('open', () => socket.send('{"subscribe":"*"}'));
    socket.on('message', (data) => this.emit('reading', JSON.parse(String(data))));
    socket.on('error', (error) => console.warn('feed', error.message));
    socket.on('close', () => {
      if (this.#closed) return;
      this.#timer = setTimeout(() => this.#connect(), 2_000);
    });
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }
}
