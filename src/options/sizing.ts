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
  /** "2000/s × 20 ms × 1.5 = 60, 15 for each of 4 instances" */
  readonly because: string;
}

/** A bound from above. */
export interface Most extends Bound {
  /** The user has named the number, or one from which it follows; else it is a limit that leaves nothing to others. */
  readonly isWanted: boolean;
}

/** The kind of server that the connections of a limit lead to; null where it is not known. */
export function familyOf(file: SourceFile, call: ConfiguredCall, { servers: known = [] }: Limit): ServerFamily | null {
  return (
    known.find(({ when }) => !when || when.some((condition) => conditionHolds(file, call.node, condition)))?.family ?? null
  );
}

/** The number of connections that is certainly too large for one pool. */
export function mostOf(family: ServerFamily, load: Load): Most | null {
  const wanted = [ownMost(family, load), shareOf(load)].flatMap((bound) => bound ?? []);
  const [first] = wanted.sort((a, b) => a.connections - b.connections);
  if (first) return first;
  const { connections, name, oversized } = servers[family];
  if (oversized === undefined) return null;
  const because =
    connections === null
      ? `more than a ${name} server needs from one process`
      : `${name} accepts ${String(connections)} in all unless it is set up for more, and others need some too`;
  return { connections: oversized, because, isWanted: false };
}

function ownMost(family: ServerFamily, { max }: Load): Most | null {
  const own = max?.[family];
  return own === undefined
    ? null
    : { connections: own + 1, because: `${String(own)} is the most that is wanted`, isWanted: true };
}

// The part of its connections that a server has for one process.
function shareOf({ instances, serverMaxConnections: all }: Load): Most | null {
  if (all === undefined) return null;
  const share = Math.max(1, Math.floor(all / instances));
  const each = instances === 1 ? '' : `, ${String(share)} for each of ${String(instances)} instances`;
  return { connections: share + 1, because: `the server accepts ${String(all)}${each}`, isWanted: true };
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
