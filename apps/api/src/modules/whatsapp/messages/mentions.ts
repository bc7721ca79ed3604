/**
 * What a message says, with who is named in it as they are known now: a text holds a number or a LID alone, whose other half and
 * whose name may have come later. Content as a row has it says neither.
 */

/** jsonb of a row of messages under this alias. */
export const contentWithNames = (message: string): string => `case when ${message}.content ? 'mentions'
  then jsonb_set(${message}.content, '{mentions}', ${mentionsOf(message)}) else ${message}.content end`;

/** In the order in which they are named. A LID says more surely than a number who it is (docs/decisions/people.md). */
const mentionsOf = (message: string): string => `(
  select coalesce(jsonb_agg(jsonb_build_object(
      'phoneNumber', coalesce(named ->> 'phoneNumber', '+' || person.phone), 'lid', coalesce(named ->> 'lid', person.lid),
      'name', person.push_name, 'me', coalesce(own.phone_number = named ->> 'phoneNumber', false)
        or coalesce(own.lid = named ->> 'lid', false)) order by at), '[]')
  from jsonb_array_elements(${message}.content -> 'mentions') with ordinality as mention (named, at)
  join mkt_wap_accounts own on own.id = ${message}.account_id
  left join lateral (
    select x.phone, x.lid, x.push_name from mkt_wap_people x where x.network = own.network
      and (x.lid = named ->> 'lid' or (named ->> 'lid' is null and x.phone = ltrim(named ->> 'phoneNumber', '+')))
  ) person on true)`;
