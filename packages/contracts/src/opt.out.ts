export const ACTOR_KINDS = ['user', 'key', 'system', 'person'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** How somebody came onto the list: by a STOP word, by hand, by an import, or because a number moved to them. */
export const OPT_OUT_SOURCES = ['stop_word', 'by_hand', 'import', 'number_moved'] as const;
export type OptOutSource = (typeof OPT_OUT_SOURCES)[number];

/** How they left it. `merged`: the row of the same person's other half stands instead. */
export const OPT_IN_SOURCES = ['start_word', 'consent', 'merged'] as const;
export type OptInSource = (typeof OPT_IN_SOURCES)[number];
