CREATE TABLE "mkt_wap_broken_records" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"record_id" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"why" text NOT NULL,
	"mend" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_vault_readers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"key_id" text NOT NULL,
	"key_ids" text[] NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "mkt_wap_vault_keys" ADD COLUMN "state" text DEFAULT 'sealing' NOT NULL;--> statement-breakpoint
ALTER TABLE "mkt_wap_broken_records" ADD CONSTRAINT "mkt_wap_broken_records_account_id_mkt_wap_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."mkt_wap_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mkt_wap_broken_records_account" ON "mkt_wap_broken_records" USING btree ("account_id","created_at");