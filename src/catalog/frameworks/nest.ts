import type { FrameworkDescriptor } from '../framework.js';

/** NestJS: handlers by decorator and interface, instances by injection scope. */
export const nest: FrameworkDescriptor = {
  name: 'NestJS',
  version: '12.5.1',
  modules: [
    '@nestjs/common',
    '@nestjs/core',
    '@nestjs/microservices',
    '@nestjs/websockets',
    '@nestjs/graphql',
    '@nestjs/schedule',
    '@nestjs/event-emitter',
    '@nestjs/bullmq',
    '@nestjs/bull',
  ],
  // What `@Req()` gives: the request of Express or Fastify.
  application: { members: ['app', 'server', 'socket.server'] },
  decorators: [
    {
      decorator:
        '{Get,Post,Put,Delete,Patch,Options,Head,All,Search,QueryMethod,Propfind,Proppatch,Mkcol,Copy,Move,Lock,Unlock,RequestMapping,Sse}',
      modules: ['@nestjs/common'],
      scope: 'request',
      label: '`@{callee}` {name}()',
    },
    {
      decorator: '{MessagePattern,EventPattern,GrpcMethod,GrpcStreamMethod,GrpcStreamCall}',
      modules: ['@nestjs/microservices'],
      scope: 'request',
      label: '`@{callee}` {name}()',
    },
    { decorator: 'SubscribeMessage', modules: ['@nestjs/websockets'], scope: 'request', label: '`@{callee}` {name}()' },
    {
      decorator: '{Query,Mutation,Subscription,ResolveField,ResolveReference}',
      modules: ['@nestjs/graphql'],
      scope: 'request',
      label: '`@{callee}` {name}()',
    },
    { decorator: '{Cron,Interval}', modules: ['@nestjs/schedule'], scope: 'request', label: '`@{callee}` {name}()' },
    { decorator: 'Timeout', modules: ['@nestjs/schedule'], scope: 'startup', label: '`@{callee}` {name}()' },
    { decorator: 'OnEvent', modules: ['@nestjs/event-emitter'], scope: 'request', label: '`@{callee}` {name}()' },
    { decorator: 'Process', modules: ['@nestjs/bull'], scope: 'request', label: '`@{callee}` {name}()' },
  ],
  classes: [
    { base: 'CanActivate', modules: ['@nestjs/common'], methods: ['canActivate'], scope: 'request', label: 'guard {name}()' },
    {
      base: 'NestInterceptor',
      modules: ['@nestjs/common'],
      methods: ['intercept'],
      scope: 'request',
      label: 'interceptor {name}()',
    },
    { base: 'PipeTransform', modules: ['@nestjs/common'], methods: ['transform'], scope: 'request', label: 'pipe {name}()' },
    { base: 'ExceptionFilter', modules: ['@nestjs/common'], methods: ['catch'], scope: 'request', label: 'filter {name}()' },
    { base: 'NestMiddleware', modules: ['@nestjs/common'], methods: ['use'], scope: 'request', label: 'middleware {name}()' },
    {
      base: '{OnGatewayConnection,OnGatewayDisconnect}',
      modules: ['@nestjs/websockets'],
      methods: ['handleConnection', 'handleDisconnect'],
      scope: 'request',
      label: 'gateway {name}()',
    },
    { base: 'WorkerHost', modules: ['@nestjs/bullmq'], methods: ['process'], scope: 'request', label: 'job {name}()' },
    {
      base: '{OnModuleInit,OnApplicationBootstrap,OnModuleDestroy,BeforeApplicationShutdown,OnApplicationShutdown,OnGatewayInit}',
      modules: ['@nestjs/common', '@nestjs/websockets'],
      methods: [
        'onModuleInit',
        'onApplicationBootstrap',
        'onModuleDestroy',
        'beforeApplicationShutdown',
        'onApplicationShutdown',
        'afterInit',
      ],
      scope: 'startup',
      label: '{name}()',
    },
  ],
  instantiates: [
    {
      decorator: '{Injectable,Controller}',
      modules: ['@nestjs/common'],
      scope: 'request',
      when: { property: 'scope', value: 'Scope.REQUEST' },
      label: 'request-scoped {name}',
    },
    { decorator: '{Injectable,Controller,Catch}', modules: ['@nestjs/common'], scope: 'startup', label: '{name}' },
    { decorator: 'Module', modules: ['@nestjs/common'], scope: 'startup', label: 'module {name}' },
    { decorator: 'WebSocketGateway', modules: ['@nestjs/websockets'], scope: 'startup', label: 'gateway {name}' },
    { decorator: 'Resolver', modules: ['@nestjs/graphql'], scope: 'startup', label: 'resolver {name}' },
    { decorator: 'Processor', modules: ['@nestjs/bullmq', '@nestjs/bull'], scope: 'startup', label: 'processor {name}' },
  ],
  registrations: [
    { callee: 'createParamDecorator', handlers: [{ arguments: [0] }], scope: 'request', label: 'parameter decorator' },
  ],
  types: [{ type: 'ExecutionContext', annotates: 'parameter', scope: 'request', label: '{name}()' }],
  runtime: [{ runtime: 'node', imports: ['@nestjs/*'] }],
  shutdownPhase: true,
};
