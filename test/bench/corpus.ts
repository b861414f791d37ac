/** Code found on the machine: the sources of installed packages, in an order that is the same on every machine. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Catalog } from '../../src/catalog/catalog.js';
import type { Source } from './parse.js';

const catalog = new Catalog([]);
const SPECIFIER = /(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*["']([^"'\n]+)["']/gu;

/** Paths of all sources below a folder, relative to it, links not followed. Shuffled, always in the same way. */
export function sourcePaths(root: string, pattern: RegExp): readonly string[] {
  const found: string[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const name = path.posix.join(folder, entry.name);
      if (entry.isDirectory()) folders.push(name);
      else if (entry.isFile() && pattern.test(name)) found.push(name);
    }
  }
  const keys = new Map(found.map((name) => [name, createHash('sha1').update(name).digest('hex')]));
  return found.sort((a, b) => ((keys.get(a) ?? '') < (keys.get(b) ?? '') ? -1 : 1));
}

/**
 * Reads a source. Its path becomes one in an imaginary project: what a folder of a package is called (`test`, `bin`) would make the
 * rules pass over the file.
 */
export function readSource(root: string, name: string): Source {
  const flat = name.replace(/\.(?:test|spec|bench|stories|config)(?=\.)/gu, '').replaceAll('/', '-');
  return { path: `src/${flat}`, text: readFileSync(path.join(root, name), 'utf8') };
}

/** Does the text import a module that the catalog describes? */
export function importsCatalog(text: string): boolean {
  for (const [, specifier = ''] of text.matchAll(SPECIFIER)) if (catalog.librariesOf(specifier).length > 0) return true;
  return false;
}

/** Does the text mention anything that could interest a rule? */
export function mentionsClients(text: string): boolean {
  return importsCatalog(text) || /\bfetch\b/u.test(text);
}

// Modules whose default export is a class or function that the rules look at: what a file made of its own imports it now makes of these.
const DISGUISES = ['ioredis', 'pg-pool', 'axios', 'node-fetch', 'undici', 'pg', 'express', 'mongodb', 'postgres', 'node:http'];

/**
 * The file as it would be if it imported clients instead of what it does import. Hardly any package uses clients; so the rules get to see
 * the shapes of its code all the same.
 */
export function disguised(source: Source): Source {
  let count = source.text.length;
  const text = source.text.replace(SPECIFIER, (match: string, specifier: string) => {
    count += 1;
    return match.replace(specifier, () => DISGUISES[count % DISGUISES.length] ?? '');
  });
  return { ...source, text };
}

/** Lines of a text. */
export function linesOf(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
