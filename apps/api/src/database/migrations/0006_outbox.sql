DROP INDEX "mkt_wap_messages_outbox";--> statement-breakpoint
ALTER TABLE "mkt_wap_accounts" ADD COLUMN "sends_again_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mkt_wap_messages" ADD COLUMN "outbox" text;--> statement-breakpoint
ALTER TABLE "mkt_wap_messages" ADD COLUMN "held_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mkt_wap_messages" ADD COLUMN "batch_id" uuid;--> statement-breakpoint
ALTER TABLE "mkt_wap_messages" ADD COLUMN "retry_of" uuid;--> statement-breakpoint
ALTER TABLE "mkt_wap_messages" ADD COLUMN "played_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mkt_wap_messages" ADD COLUMN "unknown_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mkt_wap_messages" ADD COLUMN "failed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mkt_wap_messages" ADD COLUMN "cancelled_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mkt_wap_messages" ADD COLUMN "expired_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "mkt_wap_messages_outbox_place" ON "mkt_wap_messages" USING btree ("account_id","outbox","lane","ordinal") WHERE "mkt_wap_messages"."outbox" is not null;--> statement-breakpoint
CREATE INDEX "mkt_wap_messages_scheduled" ON "mkt_wap_messages" USING btree ("not_before") WHERE "mkt_wap_messages"."outbox" = 'scheduled';--> statement-breakpoint
CREATE INDEX "mkt_wap_messages_held_until" ON "mkt_wap_messages" USING btree ("held_until") WHERE "mkt_wap_messages"."outbox" = 'held';--> statement-breakpoint
CREATE INDEX "mkt_wap_messages_not_after" ON "mkt_wap_messages" USING btree ("not_after") WHERE "mkt_wap_messages"."outbox" is not null and "mkt_wap_messages"."not_after" is not null;--> statement-breakpoint
CREATE INDEX "mkt_wap_messages_batch" ON "mkt_wap_messages" USING btree ("batch_id") WHERE "mkt_wap_messages"."batch_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "mkt_wap_messages_retry" ON "mkt_wap_messages" USING btree ("retry_of") WHERE "mkt_wap_messages"."retry_of" is not null;--> statement-breakpoint
UPDATE "mkt_wap_messages" SET "outbox" = CASE "status" WHEN 'unknown' THEN 'silent' ELSE 'due' END,
  "queued_reason" = NULL
WHERE "direction" = 'out' AND "status" IN ('queued', 'sending', 'unknown');--> statement-breakpoint
ALTER TABLE "mkt_wap_messages" SET (fillfactor = 80);
