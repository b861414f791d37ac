/** Members of classes: what a field or accessor holds, and who reads it. */
import type { TSESTree } from '@typescript-eslint/utils';
import {
  enclosingClass,
  keyName,
  memberName,
  unwrap,
  walkStatements,
  wrapped,
  type ClassNode,
  type Node,
} from '../ast/nodes.js';
import { perFile, type SourceFile } from './source-file.js';

/** Where a class member gets its value from. */
export interface MemberSource {
  /** An expression whose value the member takes. */
  readonly value?: Node;
  /** Its type annotation. */
  readonly annotation?: TSESTree.TypeNode;
  /** A constructor parameter that becomes the member (`constructor(private pool: Pool)`). */
  readonly parameter?: TSESTree.Identifier;
  /** A getter: its result is the value. */
  readonly getter?: TSESTree.FunctionExpression;
  /** A method. */
  readonly method?: TSESTree.FunctionExpression;
}

/** The declarations and assignments that define a member of a class, own ones only. */
export function memberSources(owner: ClassNode, name: string): readonly MemberSource[] {
  const sources: MemberSource[] = [];
  for (const member of owner.body.body) {
    if (member.type === 'PropertyDefinition' || member.type === 'AccessorProperty') {
      if (keyName(member) !== name) continue;
      const annotation = member.typeAnnotation?.typeAnnotation;
      if (member.value) sources.push({ value: member.value });
      if (annotation) sources.push({ annotation });
    } else if (member.type === 'MethodDefinition') {
      if (member.kind === 'constructor') sources.push(...constructorSources(member, name));
      else if (keyName(member) === name && member.value.type === 'FunctionExpression') {
        if (member.kind === 'get') sources.push({ getter: member.value });
        if (member.kind === 'method') sources.push({ method: member.value });
      }
    }
  }
  return sources;
}

function constructorSources(constructor: TSESTree.MethodDefinition, name: string): MemberSource[] {
  const sources: MemberSource[] = [];
  for (const parameter of constructor.value.params) {
    if (parameter.type !== 'TSParameterProperty') continue;
    const id = parameter.parameter.type === 'AssignmentPattern' ? parameter.parameter.left : parameter.parameter;
    if (id.name === name) sources.push({ parameter: id });
  }
  if (!constructor.value.body) return sources;
  walkStatements(constructor.value.body, (statement) => {
    if (statement.type !== 'ExpressionStatement') return;
    const expression = unwrap(statement.expression);
    const target = expression.type === 'AssignmentExpression' ? unwrap(expression.left) : null;
    if (
      expression.type === 'AssignmentExpression' &&
      target?.type === 'MemberExpression' &&
      isThisMember(target) &&
      memberName(target) === name
    ) {
      sources.push({ value: expression.right });
    }
  });
  return sources;
}

/** `this.x`, through casts of `this`. */
export function isThisMember(node: Node): boolean {
  return node.type === 'MemberExpression' && unwrap(node.object).type === 'ThisExpression';
}

/** Is the member of `this` private, by its name or by its declaration, so that only the class itself gets at it? */
export function isPrivateMember(member: Node): boolean {
  const name = member.type === 'MemberExpression' && isThisMember(member) ? memberName(member) : null;
  if (name === null) return false;
  return name.startsWith('#') || (enclosingClass(member)?.body.body.some((declared) => isPrivately(declared, name)) ?? false);
}

function isPrivately(declared: TSESTree.ClassElement, name: string): boolean {
  return (
    (declared.type === 'PropertyDefinition' || declared.type === 'AccessorProperty') &&
    declared.accessibility === 'private' &&
    keyName(declared) === name
  );
}

/** Patterns that take `this` apart (`const { pool } = this`), by class. */
export const thisPatterns = perFile((file: SourceFile) => {
  const index = new Map<ClassNode, TSESTree.ObjectPattern[]>();
  for (const node of file.nodesOfType('ThisExpression')) {
    const declarator = wrapped(node).parent;
    const owner = enclosingClass(node);
    if (owner && declarator?.type === 'VariableDeclarator' && declarator.id.type === 'ObjectPattern')
      index.set(owner, [...(index.get(owner) ?? []), declarator.id]);
  }
  return index;
});

/** Reads and writes of `this.name`, by class and name. */
export const thisMembers = perFile((file: SourceFile) => {
  const index = new Map<ClassNode, Map<string, TSESTree.MemberExpression[]>>();
  for (const node of file.nodesOfType('ThisExpression')) {
    let object: Node = node;
    while (object.parent && unwrap(object.parent) === node) object = object.parent;
    const member = object.parent;
    if (member?.type !== 'MemberExpression' || member.object !== object) continue;
    const owner = enclosingClass(node);
    const name = memberName(member);
    if (!owner || name === null) continue;
    const byName = index.get(owner) ?? new Map<string, TSESTree.MemberExpression[]>();
    const members = byName.get(name) ?? [];
    members.push(member);
    byName.set(name, members);
    index.set(owner, byName);
  }
  return index;
});
