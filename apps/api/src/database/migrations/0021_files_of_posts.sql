ALTER TABLE "mkt_wap_posts" ADD COLUMN "media_id" uuid;--> statement-breakpoint
ALTER TABLE "mkt_wap_posts" DROP COLUMN "thumbnail";