import type { FrameworkDescriptor } from '../framework.js';

/** Command-line frameworks: an action runs once and the program ends. */
export const cli: FrameworkDescriptor = {
  name: 'commander, yargs, citty, oclif, cac',
  version: '14, 17, 0.2, 4, 6',
  modules: ['commander', 'yargs', 'yargs/yargs', 'citty', '@oclif/core', 'cac', 'clipanion', '@commander-js/extra-typings'],
  values: {
    program: ['program', 'new Command()', 'default()', 'cac()', 'default'],
  },
  chains: { program: '*' },
  registrations: [
    { callee: '<program>.action', handlers: [{ arguments: 'all' }], scope: 'startup', label: 'command' },
    { callee: '<program>.command', handlers: [{ arguments: { from: 1 } }], scope: 'startup', label: 'command' },
    {
      callee: '<program>.command',
      handlers: [{ arguments: [0], properties: ['handler'] }],
      scope: 'startup',
      label: 'command',
    },
    {
      callee: '{defineCommand,runMain}',
      handlers: [{ arguments: [0], properties: ['run', 'setup', 'cleanup'] }],
      scope: 'startup',
      label: 'command',
    },
  ],
  classes: [{ base: 'Command', methods: ['run', 'execute', 'init'], scope: 'startup', label: 'command' }],
  shutdownPhase: false,
};
