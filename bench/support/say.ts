/** What goes on, on stderr with the time since the start: the last line of stdout is for the figures. */
export function say(text: string): void {
  process.stderr.write(`${(performance.now() / 1000).toFixed(1).padStart(7)} s  ${text}\n`);
}
