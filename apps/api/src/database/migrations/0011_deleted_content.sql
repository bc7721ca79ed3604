-- What was deleted for everyone before deletions were obeyed in the rows: the chore that deletes what has disappeared takes
-- it (docs/decisions/deleting.md).
UPDATE "mkt_wap_messages" m SET "expires_at" = now()
FROM "mkt_wap_messages" x
WHERE x."kind" = 'delete' AND x."status" IN ('sent', 'delivered', 'read', 'played')
  AND m."chat_id" = x."chat_id" AND m."wa_id" = x."target_wa_id" AND m."content" ->> 'kind' <> 'gone'
  AND (x."sender_id" IS NULL OR x."sender_id" = m."sender_id" OR EXISTS (
    SELECT FROM "mkt_wap_chats" c
    JOIN "mkt_wap_group_participants" p ON p."group_id" = c."group_id"
    WHERE c."id" = x."chat_id" AND p."person_id" = x."sender_id" AND p."role" <> 'member'));
