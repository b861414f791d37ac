/** How large a pool should be. */
import { conditionHolds } from '../resolve/conditions.js';
import type { SourceFile } from '../resolve/source-file.js';
import type { Limit, ServerFamily } from '../catalog/descriptor.js';
import { servers } from '../catalog/servers.js';
import type { ConfiguredCall } from './subjects.js';

/** What the user says about the load and the server. */
export interface Load {
  /** The most that is right for one pool, by kind of server, in place of what the catalog says. */
  readonly max?: Partial<Record<ServerFamily, number>>;
  /** Statements a second, of all instances together. */
  readonly targetRps?: number;
  /** Milliseconds that a statement holds its connection. */
  readonly latencyMs?: number;
  /** Factor for bursts. */
  readonly headroom: number;
  /** Connections that the server accepts. */
  readonly serverMaxConnections?: number;
  /** Processes with such a pool. */
  readonly instances: number;
}

/** The sum behind a number, for a message. */
export interface Bound {
  readonly connections: number;
  /** "2 000 requests a second × 20 ms × 1.5 = 60 connections, 15 for each of 4 instances" */
  readonly because: string;
}

/** The kind of server that the connections of a limit lead to; null where it is not known. */
export function familyOf(file: SourceFile, call: ConfiguredCall, { servers: known = [] }: Limit): ServerFamily | null {
  return (
    known.find(({ when }) => !when || when.some((condition) => conditionHolds(file, call.node, condition)))?.family ?? null
  );
}

/** The number of connections that is certainly too large for one pool. */
export function mostOf(family: ServerFamily, load: Load): Bound | null {
  const { connections, name, oversized } = servers[family];
  const own = load.max?.[family];
  if (load.serverMaxConnections !== undefined) {
    const share = Math.max(1, Math.floor(load.serverMaxConnections / load.instances));
    const each = load.instances === 1 ? '' : `, ${String(share)} for each of ${String(load.instances)} instances`;
    return { connections: share + 1, because: `the server accepts ${String(load.serverMaxConnections)}${each}` };
  }
  if (own !== undefined) return { connections: own + 1, because: `${String(own)} is the most that is wanted` };
  if (oversized === undefined) return null;
  const accepted =
    connections === null
      ? `more than a ${name} server needs from one process`
      : `${name} accepts ${String(connections)} in all`;
  return { connections: oversized, because: accepted };
}

/** The number of connections that the load needs, by Little's law: rate × time × headroom. */
export function neededFor({ headroom, instances, latencyMs, targetRps }: Load): Bound | null {
  if (targetRps === undefined || latencyMs === undefined) return null;
  const all = (targetRps * latencyMs * headroom) / 1000;
  const connections = Math.max(1, Math.ceil(all / instances));
  const factor = headroom === 1 ? '' : ` × ${String(headroom)}`;
  const sum = `${String(targetRps)}/s × ${String(latencyMs)} ms${factor} = ${String(Math.ceil(all))}`;
  return {
    connections,
    because: instances === 1 ? sum : `${sum}, ${String(connections)} for each of ${String(instances)} instances`,
  };
}
