import type { FrameworkDescriptor } from '../framework.js';

/** Schedulers: node-cron, cron, croner, node-schedule. */
export const cron: FrameworkDescriptor = {
  name: 'node-cron, cron, croner, node-schedule',
  version: '4, 4, 11, 2',
  modules: ['node-cron', 'cron', 'croner', 'node-schedule', 'toad-scheduler'],
  registrations: [
    {
      callee: '{schedule,createTask,default.schedule}',
      handlers: [{ arguments: { from: 1 } }],
      scope: 'request',
      label: 'scheduled job',
    },
    { callee: 'scheduleJob', handlers: [{ arguments: { from: 1 } }], scope: 'request', label: 'scheduled job' },
    {
      callee: '{CronJob,Cron,default}',
      construct: true,
      handlers: [{ arguments: { from: 1 } }],
      scope: 'request',
      label: 'scheduled job',
    },
    {
      callee: 'CronJob',
      construct: true,
      handlers: [{ arguments: [0], properties: ['onTick'] }],
      scope: 'request',
      label: 'scheduled job',
    },
    { callee: 'Cron', handlers: [{ arguments: { from: 1 } }], scope: 'request', label: 'scheduled job' },
    {
      callee: 'CronJob.from',
      handlers: [{ arguments: [0], properties: ['onTick'] }],
      scope: 'request',
      label: 'scheduled job',
    },
    { callee: '{AsyncTask,Task}', construct: true, handlers: [{ arguments: [1] }], scope: 'request', label: 'scheduled job' },
  ],
  shutdownPhase: true,
};
