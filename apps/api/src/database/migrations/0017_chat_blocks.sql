CREATE TABLE "mkt_wap_blocks" (
	"account_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"blocked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mkt_wap_blocks_account_id_person_id_pk" PRIMARY KEY("account_id","person_id")
);
--> statement-breakpoint
ALTER TABLE "mkt_wap_account_messaging" ADD COLUMN "simulate_typing" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "mkt_wap_blocks" ADD CONSTRAINT "mkt_wap_blocks_account_id_mkt_wap_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."mkt_wap_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_blocks" ADD CONSTRAINT "mkt_wap_blocks_person_id_mkt_wap_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."mkt_wap_people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mkt_wap_blocks_person" ON "mkt_wap_blocks" USING btree ("person_id");--> statement-breakpoint
ALTER TABLE "mkt_wap_chats" DROP COLUMN "blocked_at";