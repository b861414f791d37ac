/** Makes a value at the first call. */
export function lazy<T>(make: () => T): (() => T) & { readonly made: T | undefined } {
  let value: { current: T } | undefined;
  const get = () => (value ??= { current: make() }).current;
  return Object.defineProperty(get, 'made', { get: () => value?.current }) as never;
}

/** Asks a map, and makes what is not there. */
export function getOrCreate<K, V>(map: Map<K, V>, key: K, make: (key: K) => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make(key);
    map.set(key, value);
  }
  return value;
}
