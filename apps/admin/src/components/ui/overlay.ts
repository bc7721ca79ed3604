/** What dialogs and sheets share: the veil behind them. */
export const veil =
  'fixed inset-0 z-40 bg-[oklch(0.15_0.02_170/0.45)] backdrop-blur-[1px] data-[state=open]:animate-appear';
