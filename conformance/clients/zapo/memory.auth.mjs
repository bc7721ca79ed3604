/** The one store that zapo-js does not bring itself: an account's credentials, in memory. */
export function createMemoryAuth() {
  let kept = null;
  const auth = {
    load: async () => kept,
    save: async (credentials) => void (kept = credentials),
    clear: async () => void (kept = null),
  };
  return { stores: { auth: () => auth }, caches: {} };
}
