CREATE TABLE "mkt_wap_channels" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"wa_id" text NOT NULL,
	"name" text,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_posts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"channel_id" uuid,
	"person_id" uuid,
	"source" text NOT NULL,
	"wa_id" text NOT NULL,
	"from_me" boolean NOT NULL,
	"content" jsonb NOT NULL,
	"thumbnail" "bytea",
	"raw" "bytea" NOT NULL,
	"posted_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "mkt_wap_channels" ADD CONSTRAINT "mkt_wap_channels_account_id_mkt_wap_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."mkt_wap_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_posts" ADD CONSTRAINT "mkt_wap_posts_account_id_mkt_wap_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."mkt_wap_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_posts" ADD CONSTRAINT "mkt_wap_posts_channel_id_mkt_wap_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."mkt_wap_channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_posts" ADD CONSTRAINT "mkt_wap_posts_person_id_mkt_wap_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."mkt_wap_people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "mkt_wap_channels_wa_id" ON "mkt_wap_channels" USING btree ("account_id","wa_id");--> statement-breakpoint
CREATE UNIQUE INDEX "mkt_wap_posts_wa_id" ON "mkt_wap_posts" USING btree ("account_id","source","wa_id");--> statement-breakpoint
CREATE INDEX "mkt_wap_posts_time" ON "mkt_wap_posts" USING btree ("posted_at","id");--> statement-breakpoint
CREATE INDEX "mkt_wap_posts_channel" ON "mkt_wap_posts" USING btree ("channel_id","posted_at");--> statement-breakpoint
CREATE INDEX "mkt_wap_posts_expiry" ON "mkt_wap_posts" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "mkt_wap_posts_person" ON "mkt_wap_posts" USING btree ("person_id");