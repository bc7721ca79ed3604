ALTER TABLE "mkt_wap_chats" ADD COLUMN "ephemeral_seconds" integer;--> statement-breakpoint
ALTER TABLE "mkt_wap_chats" ADD COLUMN "ephemeral_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mkt_wap_chats" ADD COLUMN "archived_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mkt_wap_chats" ADD COLUMN "pinned_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mkt_wap_chats" ADD COLUMN "muted_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mkt_wap_chats" ADD COLUMN "blocked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mkt_wap_messages" ADD COLUMN "target_wa_id" text GENERATED ALWAYS AS (content ->> 'targetWaId') STORED;--> statement-breakpoint
ALTER TABLE "mkt_wap_messages" ADD COLUMN "forwarding_score" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "mkt_wap_messages" ADD COLUMN "view_once" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "mkt_wap_messages" ADD COLUMN "expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mkt_wap_messages" ADD COLUMN "starred_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "mkt_wap_messages_target" ON "mkt_wap_messages" USING btree ("chat_id","target_wa_id") WHERE "mkt_wap_messages"."target_wa_id" is not null;--> statement-breakpoint
CREATE INDEX "mkt_wap_messages_expiry" ON "mkt_wap_messages" USING btree ("expires_at") WHERE "mkt_wap_messages"."expires_at" is not null;--> statement-breakpoint
CREATE INDEX "mkt_wap_messages_words" ON "mkt_wap_messages" USING gin (to_tsvector('simple', coalesce(content ->> 'text', content ->> 'caption', '')));