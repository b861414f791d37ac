import { matchesModule, plainModule } from '../catalog/api-path.js';
import type { Node } from '../ast/nodes.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';

/** Does the function called end the stream it is passed, however it goes: `pipeline` of Node? */
export function endsStreams(file: SourceFile, callee: Node): boolean {
  const origin = originsOf(file).of(callee);
  return origin !== null && /^stream(?:\/promises)?$/u.test(origin.module) && /(?:^|\.)pipeline$/u.test(origin.steps.join('.'));
}

/** Is the function called one that `settings.pool.owners` declares to take over what is passed to it? */
export function isOwner(file: SourceFile, callee: Node): boolean {
  const { owners } = file.settings;
  if (owners.length === 0) return false;
  const origin = originsOf(file).of(callee);
  const name = callee.type === 'Identifier' ? callee.name : null;
  return owners.some((owner) => {
    const names = typeof owner.name === 'string' ? [owner.name] : owner.name;
    if (origin && names.includes(origin.steps.join('.'))) {
      return owner.package === undefined || matchesModule(plainModule(owner.package), origin.module);
    }
    return owner.from === 'file' && owner.package === undefined && name !== null && names.includes(name);
  });
}
