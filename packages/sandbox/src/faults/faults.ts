import {
  fault,
  type FaultEffect,
  type FaultInput,
  type FaultKind,
  type FaultPhase,
  type StandingFault,
} from './fault.js';

/** Where a fault could strike. `account` is undefined while the network does not know who is calling. */
export interface Moment {
  account: string | undefined;
  phase: FaultPhase;
  /** Of a query, for the faults that are about one namespace. */
  xmlns?: string;
  /** Of a file, for the faults of media hosts. */
  transfer?: 'upload' | 'download';
}

type EffectOf<K extends FaultKind> = Extract<FaultEffect, { kind: K }>;

/** The faults that are set now. They are the process's own, and gone with it. */
export class Faults {
  private readonly standing = new Map<string, StandingFault>();
  private readonly listeners = new Set<(id: string) => void>();
  private last = 0;

  /** `random` gives a number in [0, 1), so that tests can load the die. */
  constructor(private readonly random: () => number = Math.random) {}

  /** Throws a ZodError when the fault is malformed. Returns the id by which it is cleared. */
  set(input: FaultInput): string {
    const id = `f${++this.last}`;
    this.standing.set(id, { ...fault.parse(input), id, struck: 0 });
    for (const listener of this.listeners) listener(id);
    return id;
  }

  /** True when there was such a fault. Without an id all are cleared. */
  clear(id?: string): boolean {
    if (id !== undefined) return this.standing.delete(id);
    const any = this.standing.size > 0;
    this.standing.clear();
    return any;
  }

  list(): StandingFault[] {
    return [...this.standing.values()].map((each) => structuredClone(each));
  }

  /** The effect that strikes now, of the given kinds, if any; the oldest fault goes first. `only` asks for one. */
  strike<K extends FaultKind>(moment: Moment, kinds: readonly K[], only?: string): EffectOf<K> | undefined {
    for (const each of this.standing.values()) {
      if (only !== undefined && each.id !== only) continue;
      if (!(kinds as readonly FaultKind[]).includes(each.effect.kind) || !fits(each, moment)) continue;
      if (this.random() >= each.probability) continue;
      this.spend(each);
      return each.effect as EffectOf<K>;
    }
    return undefined;
  }

  /** For what lasts and is never spent, and needs no die. */
  stands(account: string, kind: FaultKind): boolean {
    return this.lasting(account, kind) !== undefined;
  }

  /** The effect that lasts, of the oldest fault that is about the account. */
  lasting<K extends FaultKind>(account: string, kind: K): EffectOf<K> | undefined {
    const found = [...this.standing.values()].find((each) => each.effect.kind === kind && concerns(each, account));
    return found?.effect as EffectOf<K> | undefined;
  }

  /** The delays of a connection's frames, the sum of all that are set for it. */
  latency(account: string | undefined): { latencyMs: number; jitterMs: number } {
    const sum = { latencyMs: 0, jitterMs: 0 };
    for (const each of this.standing.values()) {
      if (each.effect.kind !== 'latency' || !concerns(each, account)) continue;
      sum.latencyMs += each.effect.latencyMs;
      sum.jitterMs += each.effect.jitterMs;
    }
    return sum;
  }

  /** Tells when a fault was set, so that it can strike where its phase has begun already. Returns the way to stop. */
  onSet(listener: (id: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private spend(each: StandingFault): void {
    each.struck += 1;
    if (each.count !== undefined && each.struck >= each.count) this.standing.delete(each.id);
  }
}

function concerns(each: StandingFault, account: string | undefined): boolean {
  return each.account === 'any' || each.account === account;
}

function fits(each: StandingFault, { account, phase, xmlns, transfer }: Moment): boolean {
  if (!concerns(each, account)) return false;
  if (each.phase !== undefined && each.phase !== phase) return false;
  if ('transfer' in each.effect && each.effect.transfer !== transfer) return false;
  const wanted = 'xmlns' in each.effect ? each.effect.xmlns : undefined;
  return wanted === undefined || wanted === xmlns;
}
