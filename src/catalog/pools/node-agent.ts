/** Agents of node:http, and those that extend them. */
import type { Limit } from '../descriptor.js';
import { type PoolPlace, placed } from './place.js';

/** Limits of an agent of node:http, and of those that extend it. */
export function agentLimits(place: PoolPlace): readonly Limit[] {
  return placed<Limit>(place, [
    {
      option: 'maxSockets',
      bounds: 'per-host',
      default: 'unlimited',
      zero: { means: 'unlimited', does: 'is no limit, as by default' },
      negative: { means: 'blocks', does: 'lets every request wait for ever, without an error' },
      null: 'unlimited',
      nan: 'unlimited',
      infinity: 'unlimited',
    },
    {
      option: 'maxTotalSockets',
      bounds: 'connections',
      default: 'unlimited',
      zero: { means: 'throws', does: 'throws ERR_OUT_OF_RANGE' },
      negative: { means: 'throws', does: 'throws ERR_OUT_OF_RANGE' },
      null: { means: 'throws', does: 'throws ERR_INVALID_ARG_TYPE' },
      nan: { means: 'throws', does: 'throws ERR_OUT_OF_RANGE' },
      text: { means: 'throws', does: 'throws ERR_INVALID_ARG_TYPE' },
      infinity: 'unlimited',
    },
    {
      option: 'maxFreeSockets',
      bounds: 'idle',
      default: 256,
      zero: { means: 'default', does: 'means the default, 256: it does not switch keep-alive off' },
      negative: { means: 'none', does: 'keeps no idle socket: each request opens a connection' },
      infinity: 'unlimited',
    },
  ]);
}
