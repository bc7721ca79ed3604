/** What `make` makes of an object, made once for each: those who hold the same one share it, and must not change it. */
export function once<K extends object, V extends object | string>(make: (of: K) => V): (of: K) => V {
  const made = new WeakMap<K, V>();
  return (of) => {
    let value = made.get(of);
    if (value === undefined) made.set(of, (value = make(of)));
    return value;
  };
}
