/** How many in the last 24 hours, by slots of ten minutes: a slot counts until all of it is older than that. */
export interface DayWindow {
  /** Oldest first; `start` in milliseconds, a multiple of the slot's length. */
  slots: readonly { start: number; count: number }[];
  total: number;
}

export const SLOT_MS = 10 * 60_000;
export const DAY_MS = 24 * 3_600_000;
export const EMPTY_DAY: DayWindow = { slots: [], total: 0 };

export const slotOf = (at: number): number => Math.floor(at / SLOT_MS) * SLOT_MS;

/** Without what is older than a day. */
export function aged(day: DayWindow, at: number): DayWindow {
  const first = day.slots.findIndex(({ start }) => start + SLOT_MS + DAY_MS > at);
  if (first === 0 || day.slots.length === 0) return day;
  const slots = first === -1 ? [] : day.slots.slice(first);
  return { slots, total: slots.reduce((sum, { count }) => sum + count, 0) };
}

/** One more at `at`, which is not before the last slot: the clock of the governor never goes back. */
export function counted(day: DayWindow, at: number): DayWindow {
  const { slots, total } = aged(day, at);
  const last = slots.at(-1);
  const start = slotOf(at);
  const grown =
    last && last.start >= start
      ? slots.with(-1, { start: last.start, count: last.count + 1 })
      : [...slots, { start, count: 1 }];
  return { slots: grown, total: total + 1 };
}

/** One less of those that were counted at `at`; what has aged out since, or stands elsewhere, stays. */
export function uncounted(day: DayWindow, at: number): DayWindow {
  const place = day.slots.findIndex(({ start, count }) => start === slotOf(at) && count > 0);
  if (place === -1) return day;
  const { start, count } = day.slots[place]!;
  return { slots: day.slots.with(place, { start, count: count - 1 }), total: day.total - 1 };
}

/** When there is room below `limit` again; not after `at` means now. */
export function roomAt(day: DayWindow, limit: number, at: number): number {
  const { slots, total } = aged(day, at);
  let left = total;
  if (left < limit) return at;
  for (const { start, count } of slots) {
    left -= count;
    if (left < limit) return start + SLOT_MS + DAY_MS;
  }
  return at + DAY_MS;
}
