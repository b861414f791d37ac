import type { FrameworkDescriptor } from '../framework.js';

/** gRPC services. */
export const grpcServer: FrameworkDescriptor = {
  name: '@grpc/grpc-js server',
  version: '1.14.7',
  modules: ['@grpc/grpc-js'],
  per: 'call',
  values: {
    server: ['new Server()'],
  },
  registrations: [
    {
      callee: '<server>.addService',
      handlers: [{ arguments: [1], properties: ['*'] }],
      scope: 'request',
      label: 'gRPC method',
    },
    {
      callee: '<server>.{bindAsync,tryShutdown}',
      handlers: [{ arguments: 'all' }],
      scope: 'startup',
      label: '`{callee}` callback',
    },
  ],
  types: [
    {
      type: '{handleUnaryCall,handleServerStreamingCall,handleClientStreamingCall,handleBidiStreamingCall}',
      annotates: 'function',
      scope: 'request',
      label: 'gRPC method {name}()',
    },
    {
      type: '{ServerUnaryCall,ServerReadableStream,ServerWritableStream,ServerDuplexStream}',
      annotates: 'parameter',
      scope: 'request',
      label: 'gRPC method {name}()',
    },
  ],
  shutdownPhase: true,
};
