/** Keeps a value over the reloads of the development server. */
export function singleton<Value>(name: string, make: () => Value): Value {
  const global = globalThis as typeof globalThis & { __singletons?: Record<string, unknown> };
  global.__singletons ??= {};
  global.__singletons[name] ??= make();
  return global.__singletons[name] as Value;
}
