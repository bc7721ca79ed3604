import type { ActorKind, Network, OptInSource, OptOut, OptOutSource } from '@trunkline/contracts';
import { e164, type PhoneDigits } from '../../whatsapp/jid.js';

/** As `OPT_OUT_COLUMNS` selects it. */
export interface OptOutRow {
  id: string;
  network: Network;
  person_id: string;
  phone: PhoneDigits | null;
  lid: string | null;
  push_name: string | null;
  since: Date;
  source: OptOutSource;
  actor_kind: ActorKind;
  actor_name: string;
  note: string | null;
  account_id: string | null;
  message_id: string | null;
  lifted_at: Date | null;
  lifted_source: OptInSource | null;
  lifted_actor_kind: ActorKind | null;
  lifted_actor_name: string | null;
  lifted_note: string | null;
}

/** For `from mkt_wap_opt_outs o join mkt_wap_people p on p.id = o.person_id`. */
export const OPT_OUT_COLUMNS = `o.id, o.network, o.person_id, p.phone, p.lid, p.push_name, o.since, o.source, o.actor_kind,
  o.actor_name, o.note, o.account_id, o.message_id, o.lifted_at, o.lifted_source, o.lifted_actor_kind,
  o.lifted_actor_name, o.lifted_note`;

export function toOptOut(row: OptOutRow): OptOut {
  return {
    id: row.id,
    network: row.network,
    personId: row.person_id,
    phoneNumber: row.phone && e164(row.phone),
    lid: row.lid,
    name: row.push_name,
    since: row.since.toISOString(),
    source: row.source,
    by: { kind: row.actor_kind, name: row.actor_name },
    note: row.note,
    accountId: row.account_id,
    messageId: row.message_id,
    lifted: row.lifted_at && {
      at: row.lifted_at.toISOString(),
      source: row.lifted_source!,
      by: { kind: row.lifted_actor_kind!, name: row.lifted_actor_name! },
      note: row.lifted_note,
    },
  };
}
