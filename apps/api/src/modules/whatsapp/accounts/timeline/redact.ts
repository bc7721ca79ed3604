/** Numbers of people, names in quotes and addresses, out of a sentence that may hold some. */
export function redact(text: string): string {
  return text
    .replaceAll(/“[^”]*”/g, '“…”')
    .replaceAll(/[\w.+-]+@[\w.-]+/g, '…@…')
    .replaceAll(/\+?\d[\d\s().-]{5,}\d/g, (number) => `…${number.slice(-2)}`);
}
