CREATE TABLE "mkt_wap_first_contacts" (
	"message_id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_governor_holds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"code" text NOT NULL,
	"scope" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"lifted_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_governor_settings" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"profile" text NOT NULL,
	"settings" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"updated_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_opt_outs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"network" text NOT NULL,
	"person_id" uuid NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"source" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_name" text NOT NULL,
	"actor_id" text,
	"note" text,
	"account_id" uuid,
	"message_id" uuid,
	"confirmation_id" uuid,
	"lifted_at" timestamp (3) with time zone,
	"lifted_source" text,
	"lifted_actor_kind" text,
	"lifted_actor_name" text,
	"lifted_actor_id" text,
	"lifted_note" text
);
--> statement-breakpoint
DROP INDEX "mkt_wap_messages_outbox";--> statement-breakpoint
ALTER TABLE "mkt_wap_chats" ADD COLUMN "known_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mkt_wap_chats" ADD COLUMN "heard_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mkt_wap_messages" ADD COLUMN "lane" text DEFAULT 'direct' NOT NULL;--> statement-breakpoint
ALTER TABLE "mkt_wap_messages" ADD COLUMN "typing" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "mkt_wap_first_contacts" ADD CONSTRAINT "mkt_wap_first_contacts_account_id_mkt_wap_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."mkt_wap_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_governor_holds" ADD CONSTRAINT "mkt_wap_governor_holds_account_id_mkt_wap_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."mkt_wap_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_governor_settings" ADD CONSTRAINT "mkt_wap_governor_settings_account_id_mkt_wap_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."mkt_wap_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_opt_outs" ADD CONSTRAINT "mkt_wap_opt_outs_person_id_mkt_wap_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."mkt_wap_people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mkt_wap_first_contacts_account" ON "mkt_wap_first_contacts" USING btree ("account_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "mkt_wap_governor_holds_standing" ON "mkt_wap_governor_holds" USING btree ("account_id","code") WHERE "mkt_wap_governor_holds"."lifted_at" is null;--> statement-breakpoint
CREATE INDEX "mkt_wap_governor_holds_history" ON "mkt_wap_governor_holds" USING btree ("account_id","since");--> statement-breakpoint
CREATE UNIQUE INDEX "mkt_wap_opt_outs_standing" ON "mkt_wap_opt_outs" USING btree ("person_id") WHERE "mkt_wap_opt_outs"."lifted_at" is null;--> statement-breakpoint
CREATE INDEX "mkt_wap_opt_outs_person" ON "mkt_wap_opt_outs" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "mkt_wap_opt_outs_list" ON "mkt_wap_opt_outs" USING btree ("network","since","id");--> statement-breakpoint
CREATE INDEX "mkt_wap_messages_sending" ON "mkt_wap_messages" USING btree ("account_id","sending_at") WHERE "mkt_wap_messages"."direction" = 'out' and "mkt_wap_messages"."sending_at" is not null;--> statement-breakpoint
CREATE INDEX "mkt_wap_messages_outbox" ON "mkt_wap_messages" USING btree ("account_id","lane","ordinal") WHERE "mkt_wap_messages"."direction" = 'out' and "mkt_wap_messages"."status" in ('queued', 'sending', 'unknown');--> statement-breakpoint
UPDATE "mkt_wap_chats" c SET "known_since" = m."known_since", "heard_at" = m."heard_at" FROM (
	SELECT "chat_id", min("timestamp") FILTER (WHERE "direction" = 'in' OR "sent_at" IS NOT NULL) AS "known_since", max("timestamp") FILTER (WHERE "direction" = 'in') AS "heard_at"
	FROM "mkt_wap_messages" GROUP BY "chat_id"
) m WHERE m."chat_id" = c."id";
