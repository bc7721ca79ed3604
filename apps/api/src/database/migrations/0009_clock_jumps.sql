CREATE TABLE "mkt_wap_clock_jumps" (
	"account_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"ms" double precision NOT NULL,
	CONSTRAINT "mkt_wap_clock_jumps_account_id_at_pk" PRIMARY KEY("account_id","at")
);
--> statement-breakpoint
ALTER TABLE "mkt_wap_clock_jumps" ADD CONSTRAINT "mkt_wap_clock_jumps_account_id_mkt_wap_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."mkt_wap_accounts"("id") ON DELETE cascade ON UPDATE no action;