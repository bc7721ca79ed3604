/** Work that is done one piece after the other; what fails is told and keeps nothing up. */
export class WorkQueue {
  private work: Promise<void> = Promise.resolve();

  constructor(private readonly failed: (error: unknown) => void) {}

  run(piece: () => unknown): void {
    this.work = this.work.then(async () => void (await piece())).catch(this.failed);
  }

  /** All that was given until now is done. */
  settled(): Promise<void> {
    return this.work;
  }
}
