/**
 * What is done over one verified session of an account: messages leave, files are moved, people are looked at. It begins when
 * the session is verified and ends with it; each part reads what there is to do from its rows, so that nothing is lost.
 */
import type { EngineSession } from '../../engines/engine.js';
import type { Line } from '../../engines/line.js';
import { openReference, sealReference } from '../../media/reference.seal.js';
import { Transfers } from '../../media/transfers/transfers.js';
import { Outbox } from '../../messages/outbound/outbox.js';
import { ProfileFetcher } from '../../profiles/profile.fetcher.js';
import type { SupervisorParts } from './parts.js';

export interface Verified {
  session: EngineSession;
  /** By which it goes; undefined: the direct one. */
  line: Line | undefined;
  linkedAt: Date | null;
}

export class SessionWork {
  readonly outbox: Outbox;
  /** Undefined where the engine has no media. */
  readonly #transfers: Transfers | undefined;
  /** Undefined where the engine has no profiles. */
  readonly #profiles: ProfileFetcher | undefined;

  constructor(
    private readonly parts: SupervisorParts,
    private readonly verified: Verified,
  ) {
    this.outbox = this.#newOutbox();
    this.#transfers = this.#newTransfers();
    this.#profiles = this.#newProfiles();
  }

  begin(): void {
    void this.outbox.begin();
    this.#transfers?.wake();
    this.#profiles?.wake();
  }

  stop(): void {
    this.outbox.stop();
    this.#transfers?.stop();
    void this.#profiles?.stop();
  }

  /** There may be messages to send. */
  queued(): void {
    this.outbox.wake();
    // A message whose file is not at WhatsApp waits for it.
    this.#transfers?.wake();
  }

  /** There may be files to fetch. */
  filesCame(): void {
    this.#transfers?.wake();
  }

  /** There may be people to ask about. */
  lookedAt(): void {
    this.#profiles?.wake();
  }

  #newOutbox(): Outbox {
    const { row, store, desk, journal, vault, clock, governor, previews, log } = this.parts;
    const { session, line, linkedAt } = this.verified;
    return new Outbox({
      accountId: row.id,
      linkedAt,
      sql: store.pool,
      desk,
      session,
      record: (step) => journal.write('step', step),
      change: (change) => journal.write('outbox', change),
      durable: () => journal.settled(),
      governor,
      preview: (link, signal) => previews.make(link, line?.agent, signal),
      unseal: openReference(vault),
      clock,
      failed: (error) => log.warn({ error }, 'the outbox could not be read'),
    });
  }

  #newTransfers(): Transfers | undefined {
    const { media: engine } = this.verified.session;
    if (!engine) return undefined;
    const { row, store, journal, vault, media, transfers: desk, clock, log, random = Math.random } = this.parts;
    return new Transfers({
      accountId: row.id,
      sql: store.pool,
      desk,
      engine,
      ...media,
      seal: sealReference(vault),
      unseal: openReference(vault),
      clock,
      random,
      record: (step) => journal.write('media.download', step),
      recordUpload: (step) => journal.write('media.upload', step),
      durable: () => journal.settled(),
      uploaded: () => this.outbox.wake(),
      failed: (error) => log.warn({ error }, 'files could not be moved'),
    });
  }

  #newProfiles(): ProfileFetcher | undefined {
    const { profile: engine } = this.verified.session;
    if (!engine) return undefined;
    const { row, store, journal, media, profiles: desk, clock, log } = this.parts;
    return new ProfileFetcher({
      accountId: row.id,
      sql: store.pool,
      desk,
      engine,
      library: media.library,
      clock,
      record: (step) => journal.write('profile', step),
      durable: () => journal.settled(),
      failed: (error) => log.warn({ error }, 'nobody could be looked at'),
    });
  }
}
