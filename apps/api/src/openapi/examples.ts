/** Examples by component; a spec parses each with the schema it stands for. */
export const EXAMPLES: Record<string, unknown[]> = {};
