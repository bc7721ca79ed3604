/** The server's properties that change what we send (protocol.md B.5), by their number or their name. */
import { getBinaryNodeChild, getBinaryNodeChildren, type BinaryNode } from 'baileys';

export interface ServerProps {
  /** A contact's token goes along with each message to them. */
  privacyTokenOn1to1: boolean;
  profilePicPrivacyToken: boolean;
  /** Our own token is given to their LID, and not to their number. */
  lidTrustedTokenIssueToLid: boolean;
}

const NAMES: Record<string, keyof ServerProps> = {
  10518: 'privacyTokenOn1to1',
  privacy_token_sending_on_all_1_on_1_messages: 'privacyTokenOn1to1',
  9666: 'profilePicPrivacyToken',
  profile_scraping_privacy_token_in_photo_iq: 'profilePicPrivacyToken',
  14303: 'lidTrustedTokenIssueToLid',
  lid_trusted_token_issue_to_lid: 'lidTrustedTokenIssueToLid',
};

/** What the answer says; where the server finds that we know it by its hash, it says nothing. */
export function readProps(answer: BinaryNode): { hash: string | undefined; known: Partial<ServerProps> } {
  const node = getBinaryNodeChild(answer, 'props');
  const known: Partial<ServerProps> = {};
  for (const { attrs } of getBinaryNodeChildren(node, 'prop')) {
    const name = NAMES[attrs.config_code ?? attrs.name ?? ''];
    if (name) known[name] = ['true', '1'].includes(attrs.config_value ?? attrs.value ?? '');
  }
  return { hash: node?.attrs.hash, known };
}
