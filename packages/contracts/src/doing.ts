/** What somebody is seen doing in a chat, for some seconds. */
export const DOINGS = ['typing', 'recording', 'paused'] as const;
