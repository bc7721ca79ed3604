import type { Profile } from '@trunkline/contracts';

export interface ProfileRow {
  id: string;
  account_id: string;
  person_id: string | null;
  group_id: string | null;
  about: string | null;
  sha256: string | null;
  checked_at: Date | null;
}

export const PROFILE_COLUMNS = `f.id, f.account_id, f.person_id, f.group_id, f.about, f.sha256, f.checked_at`;

/** The address changes with the picture, so that a page never shows one that was kept for another. */
export const toProfile = (row: ProfileRow): Profile => ({
  id: row.id,
  accountId: row.account_id,
  personId: row.person_id,
  groupId: row.group_id,
  about: row.about,
  pictureUrl: row.sha256 && `/api/whatsapp/profiles/${row.id}/picture?v=${row.sha256.slice(0, 12)}`,
  checkedAt: row.checked_at && row.checked_at.toISOString(),
});
