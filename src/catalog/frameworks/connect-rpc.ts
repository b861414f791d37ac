import type { FrameworkDescriptor } from '../framework.js';

/** Connect services. */
export const connectRpc: FrameworkDescriptor = {
  name: '@connectrpc/connect',
  version: '2.1.2',
  modules: ['@connectrpc/connect', '@connectrpc/connect-*'],
  values: {
    router: ['new ConnectRouter()'],
  },
  registrations: [
    { callee: '<router>.service', handlers: [{ arguments: [1], properties: ['*'] }], scope: 'request', label: 'RPC method' },
    { callee: '<router>.rpc', handlers: [{ arguments: { from: 1 } }], scope: 'request', label: 'RPC method' },
  ],
  types: [{ type: 'HandlerContext', annotates: 'parameter', scope: 'request', label: 'RPC method {name}()' }],
  shutdownPhase: true,
};
