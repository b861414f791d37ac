import type { FrameworkDescriptor } from '../framework.js';

/** Inngest, Trigger.dev and Temporal. */
export const jobPlatforms: FrameworkDescriptor = {
  name: 'Inngest, Trigger.dev, Temporal',
  version: '3, 4, 1',
  modules: ['inngest', '@trigger.dev/sdk', '@trigger.dev/sdk/v3', '@temporalio/worker'],
  per: 'job',
  values: {
    inngest: ['new Inngest()'],
  },
  importedValues: { inngest: /^inngest$/u },
  registrations: [
    { callee: '<inngest>.createFunction', handlers: [{ arguments: [-1] }], scope: 'request', label: 'Inngest function' },
    {
      callee: '{task,schedules.task,schemaTask}',
      handlers: [{ arguments: [0], properties: ['run', 'init', 'onSuccess', 'onFailure'] }],
      scope: 'request',
      label: 'task',
    },
    {
      callee: 'Worker.create',
      handlers: [{ arguments: [0], properties: ['activities.*'] }],
      scope: 'request',
      label: 'Temporal activity',
    },
  ],
  shutdownPhase: 'depends',
};
