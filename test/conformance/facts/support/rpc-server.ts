/** A server of remote calls by HTTP/2 without encryption. */
import { createServer, type ServerHttp2Stream } from 'node:http2';
import { openSite, wait, type Site } from './site.js';

/** An empty message, and the status that says that all is well. */
const EMPTY = Buffer.alloc(5);
const STATUS = 'grpc-status:0\r\n';

/** Starts one: the name of a method is the manner in which it is answered, with an empty message. It talks gRPC, gRPC-Web and Connect. */
export async function openRpc(): Promise<Site> {
  let requests = 0;
  const site = await openSite(() =>
    createServer().on('stream', (stream, headers) => {
      requests++;
      stream.on('error', () => undefined);
      stream.resume();
      const manner = headers[':path']?.split('/').at(-1);
      if (manner === 'silent') return;
      const type = headers['content-type'] ?? '';
      if (manner === 'dawdles') void wait(60).then(() => answer(stream, type));
      else answer(stream, type);
    }),
  );
  return { ...site, requests: () => requests };
}

function answer(stream: ServerHttp2Stream, type: string): void {
  if (stream.destroyed) return;
  const isNative = /^application\/grpc(?!-web)/u.test(type);
  stream.respond({ ':status': 200, 'content-type': type }, { waitForTrailers: isNative });
  if (isNative) {
    stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(EMPTY);
  } else if (type.startsWith('application/grpc-web')) {
    stream.end(Buffer.concat([EMPTY, Buffer.from([0x80, 0, 0, 0, STATUS.length]), Buffer.from(STATUS)]));
  } else {
    stream.end();
  }
}
