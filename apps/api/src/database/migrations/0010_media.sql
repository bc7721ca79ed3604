CREATE TABLE "mkt_wap_media" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"origin" text NOT NULL,
	"message_id" uuid,
	"state" text NOT NULL,
	"problem" text,
	"mime" text NOT NULL,
	"size" bigint,
	"sha256" text,
	"file_name" text,
	"width" integer,
	"height" integer,
	"seconds" real,
	"waveform" jsonb,
	"thumbnail" "bytea",
	"reference" "bytea",
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone,
	"ready_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_media_files" (
	"sha256" text PRIMARY KEY NOT NULL,
	"size" bigint NOT NULL,
	"put_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_media_uploads" (
	"media_id" uuid NOT NULL,
	"type" text NOT NULL,
	"account_id" uuid NOT NULL,
	"state" text NOT NULL,
	"problem" text,
	"reference" "bytea",
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone NOT NULL,
	"uploaded_at" timestamp (3) with time zone,
	CONSTRAINT "mkt_wap_media_uploads_media_id_type_pk" PRIMARY KEY("media_id","type")
);
--> statement-breakpoint
ALTER TABLE "mkt_wap_messages" ADD COLUMN "media_id" uuid GENERATED ALWAYS AS ((content ->> 'mediaId')::uuid) STORED;--> statement-breakpoint
ALTER TABLE "mkt_wap_media" ADD CONSTRAINT "mkt_wap_media_account_id_mkt_wap_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."mkt_wap_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_media_uploads" ADD CONSTRAINT "mkt_wap_media_uploads_media_id_mkt_wap_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."mkt_wap_media"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mkt_wap_media_due" ON "mkt_wap_media" USING btree ("account_id","next_attempt_at") WHERE "mkt_wap_media"."state" in ('pending', 'downloading');--> statement-breakpoint
CREATE INDEX "mkt_wap_media_sha256" ON "mkt_wap_media" USING btree ("sha256") WHERE "mkt_wap_media"."sha256" is not null;--> statement-breakpoint
CREATE INDEX "mkt_wap_media_ready" ON "mkt_wap_media" USING btree ("ready_at") WHERE "mkt_wap_media"."state" = 'ready';--> statement-breakpoint
CREATE INDEX "mkt_wap_media_uploads_due" ON "mkt_wap_media_uploads" USING btree ("account_id","next_attempt_at") WHERE "mkt_wap_media_uploads"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "mkt_wap_messages_media" ON "mkt_wap_messages" USING btree ("media_id") WHERE "mkt_wap_messages"."media_id" is not null;