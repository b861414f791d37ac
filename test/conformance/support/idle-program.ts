/** A process that does nothing but to hold a connection: `<client> <port> [<event to listen to>]`. */
import { IDLE_CLIENTS } from './idle-clients.js';

const [name = '', port, event] = process.argv.slice(2);
const idle = await IDLE_CLIENTS[name]?.connect(Number(port));
if (!idle) throw new Error(`There is no ${name}.`);
if (event !== undefined) idle.client.on(event, () => undefined);
idle.socket.once('close', () => {
  // Whatever the library makes of it, it has made by the next turn.
  setImmediate(() => {
    console.log('survived');
    process.exit();
  });
});
console.log(`idle ${String(idle.session)}`);
