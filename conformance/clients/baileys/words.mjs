/** Baileys' numbers and shapes in the words of driver.ts. */

/** By `proto.WebMessageInfo.Status`; PENDING (1) and SERVER_ACK (2) say nothing that the network said (protocol.md S3). */
export const statusWords = { 0: 'failed', 3: 'delivered', 4: 'read', 5: 'read' };

export function messageText(message) {
  const inner = message?.ephemeralMessage?.message ?? message;
  return inner?.extendedTextMessage?.text ?? inner?.conversation ?? undefined;
}
