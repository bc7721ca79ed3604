/** Credentials and keys in memory, for as long as the process lives. */
export function memoryAuth(creds, proto) {
  const kept = new Map();
  const slot = (type, id) => `${type}/${id}`;
  const revive = (type, value) =>
    type === 'app-state-sync-key' && value ? proto.Message.AppStateSyncKeyData.fromObject(value) : value;

  const keys = {
    get: (type, ids) => Object.fromEntries(ids.map((id) => [id, revive(type, kept.get(slot(type, id)))])),
    set(data) {
      for (const [type, values] of Object.entries(data))
        for (const [id, value] of Object.entries(values)) {
          if (value) kept.set(slot(type, id), value);
          else kept.delete(slot(type, id));
        }
    },
  };
  return {
    state: { creds, keys },
    save: (update) => void Object.assign(creds, update),
    /** Every key, by type and id, as `keys.set` takes them. */
    all() {
      const data = {};
      for (const [slotted, value] of kept) {
        const [type] = slotted.split('/', 1);
        (data[type] ??= {})[slotted.slice(type.length + 1)] = value;
      }
      return data;
    },
  };
}
