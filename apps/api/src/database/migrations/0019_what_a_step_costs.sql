CREATE TABLE "mkt_wap_sends" (
	"account_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "mkt_wap_events_position";--> statement-breakpoint
DROP INDEX "mkt_wap_events_account";--> statement-breakpoint
DROP INDEX "mkt_wap_messages_sending";--> statement-breakpoint
ALTER TABLE "mkt_wap_events" DROP CONSTRAINT "mkt_wap_events_pkey";--> statement-breakpoint
CREATE INDEX "mkt_wap_sends_account" ON "mkt_wap_sends" USING btree ("account_id","at");--> statement-breakpoint
CREATE INDEX "mkt_wap_sends_at" ON "mkt_wap_sends" USING brin ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "mkt_wap_events_numbered" ON "mkt_wap_events" USING btree ("position") WHERE "mkt_wap_events"."position" is not null;--> statement-breakpoint
CREATE INDEX "mkt_wap_events_numbered_account" ON "mkt_wap_events" USING btree ("account_id","position") WHERE "mkt_wap_events"."position" is not null;--> statement-breakpoint
INSERT INTO "mkt_wap_sends" ("account_id", "at") SELECT "account_id", "sending_at" FROM "mkt_wap_messages"
WHERE "direction" = 'out' AND "sending_at" IS NOT NULL AND "sending_at" > now() - interval '30 days';
