ALTER TABLE "mkt_wap_chats" ADD COLUMN "marked_unread_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mkt_wap_chats" ADD COLUMN "history_ended_at" timestamp (3) with time zone;