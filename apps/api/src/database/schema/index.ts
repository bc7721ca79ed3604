export * from './access.js';
export * from './accounts.js';
export * from './cluster.js';
export * from './events.js';
export * from './groups.js';
export * from './messages.js';
export * from './people.js';
export * from './sessions.js';
