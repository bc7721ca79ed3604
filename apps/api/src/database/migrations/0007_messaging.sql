CREATE TABLE "mkt_wap_account_messaging" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"read_receipts" boolean NOT NULL,
	"calls" text NOT NULL,
	"call_reply" text,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "mkt_wap_account_messaging" ADD CONSTRAINT "mkt_wap_account_messaging_account_id_mkt_wap_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."mkt_wap_accounts"("id") ON DELETE cascade ON UPDATE no action;