import type { FrameworkDescriptor } from '../framework.js';

/** Schedulers: node-cron, cron, croner, node-schedule. */
export const cron: FrameworkDescriptor = {
  name: 'node-cron, cron, croner, node-schedule',
  version: '4, 4, 11, 2',
  modules: ['node-cron', 'cron', 'croner', 'node-schedule', 'toad-scheduler'],
  per: 'job',
  registrations: [
    {
      callee: '{schedule,createTask,default.schedule}',
      handlers: [{ arguments: { from: 1 } }],
      scope: 'request',
      label: 'scheduled job',
      calendar: true,
    },
    {
      callee: 'scheduleJob',
      handlers: [{ arguments: { from: 1 } }],
      scope: 'request',
      label: 'scheduled job',
      calendar: true,
    },
    {
      callee: '{CronJob,Cron,default}',
      construct: true,
      handlers: [{ arguments: { from: 1 } }],
      scope: 'request',
      label: 'scheduled job',
      calendar: true,
    },
    {
      callee: 'CronJob',
      construct: true,
      handlers: [{ arguments: [0], properties: ['onTick'] }],
      scope: 'request',
      label: 'scheduled job',
      calendar: true,
    },
    { callee: 'Cron', handlers: [{ arguments: { from: 1 } }], scope: 'request', label: 'scheduled job', calendar: true },
    {
      callee: 'CronJob.from',
      handlers: [{ arguments: [0], properties: ['onTick'] }],
      scope: 'request',
      label: 'scheduled job',
      calendar: true,
    },
    { callee: '{AsyncTask,Task}', construct: true, handlers: [{ arguments: [1] }], scope: 'request', label: 'scheduled job' },
  ],
  shutdownPhase: true,
};
