/** The two kinds of body that HTTP clients give: streams of Node, and those of the Fetch standard. */
import type { MemberPath, ResponseSemantics } from './descriptor.js';

// `readable` listeners and `read()` stand for a loop; methods of iterator helpers hand the stream over to what they return.
const READ_STREAM = [
  'resume',
  'destroy',
  'pipe',
  'on:data',
  'on:readable',
  'read',
  'toArray',
  'forEach',
  'reduce',
  'some',
  'every',
  'find',
  'iterator',
  'map',
  'filter',
  'flatMap',
  'take',
  'drop',
  'compose',
];
const LOOK_AT_STREAM = [
  'on:end',
  'on:close',
  'on:error',
  'on:pause',
  'setEncoding',
  'pause',
  'isPaused',
  'setMaxListeners',
  'readable',
  'readableEnded',
  'readableFlowing',
  'destroyed',
  'closed',
  'errored',
];

/** What a body that is a stream of Node says of itself. */
export type StreamBody = Pick<ResponseSemantics, 'body' | 'consumers' | 'inspects' | 'iterable' | 'dispose'>;

/**
 * A response whose body is a Node stream.
 *
 * @param body property of the response that is the stream; empty if the response itself is
 * @param more what else reads the body, and what else leaves it unread
 */
export function nodeStream(
  body: string,
  more: { readonly consumers?: readonly MemberPath[]; readonly inspects?: readonly MemberPath[] } = {},
): StreamBody {
  const path = (member: string): MemberPath => (body === '' ? member : `${body}.${member}`);
  return {
    body,
    consumers: [...READ_STREAM.map(path), ...(more.consumers ?? [])],
    inspects: [...(body === '' ? [] : [body]), ...LOOK_AT_STREAM.map(path), ...(more.inspects ?? [])],
    iterable: true,
    dispose: { sync: false, async: true },
  };
}

/** Methods by which a `Response` reads its body. */
export const READ_RESPONSE = ['json', 'text', 'arrayBuffer', 'blob', 'bytes', 'formData'] as const;

/** How a body that the `fetch` of Node fills behaves while nobody reads it. */
export const fetchBody = {
  iterable: true,
  dispose: { sync: false, async: false },
  unread: 'holds-socket-when-large',
  // The least of what was measured: 16 KB on Node 20, 64 KB on 22 and 24, 80 KB on 18.
  freeBelow: 16_000,
  empty: 'frees-itself',
  collected: true,
  discard: { template: 'await {body}?.cancel()', awaits: true, effect: 'reads-or-closes', mayReject: true },
} as const satisfies Partial<ResponseSemantics>;

/** A `ReadableStream` as the response itself. */
export const webStream = {
  ...fetchBody,
  body: '',
  consumers: ['cancel', 'pipeTo', 'pipeThrough', 'values'],
  reader: 'getReader',
  inspects: ['locked'],
  discard: { template: 'await {body}.cancel()', awaits: true, effect: 'reads-or-closes', mayReject: true },
} as const satisfies Partial<ResponseSemantics>;

/** What a `Response` of the Fetch standard says of itself, as Node implements it. */
export const fetchResponse = {
  ...fetchBody,
  body: 'body',
  nullable: true,
  consumers: [...READ_RESPONSE, 'body.cancel', 'body.pipeTo', 'body.pipeThrough', 'body.values'],
  reader: 'body.getReader',
  inspects: ['ok', 'status', 'statusText', 'headers', 'url', 'redirected', 'type', 'bodyUsed', 'body', 'body.locked'],
  clone: { method: 'clone', reads: 'one' },
} as const satisfies Partial<ResponseSemantics>;
