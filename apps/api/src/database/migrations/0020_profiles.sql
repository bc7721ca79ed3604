CREATE TABLE "mkt_wap_profiles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"person_id" uuid,
	"group_id" uuid,
	"about" text,
	"picture_id" text,
	"sha256" text,
	"size" bigint,
	"mime" text,
	"wanted_at" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone,
	"checked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "mkt_wap_chats" ALTER COLUMN "last_activity_at" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "mkt_wap_profiles" ADD CONSTRAINT "mkt_wap_profiles_account_id_mkt_wap_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."mkt_wap_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_profiles" ADD CONSTRAINT "mkt_wap_profiles_person_id_mkt_wap_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."mkt_wap_people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_profiles" ADD CONSTRAINT "mkt_wap_profiles_group_id_mkt_wap_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."mkt_wap_groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "mkt_wap_profiles_person" ON "mkt_wap_profiles" USING btree ("account_id","person_id") WHERE "mkt_wap_profiles"."person_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "mkt_wap_profiles_group" ON "mkt_wap_profiles" USING btree ("account_id","group_id") WHERE "mkt_wap_profiles"."group_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "mkt_wap_profiles_own" ON "mkt_wap_profiles" USING btree ("account_id") WHERE "mkt_wap_profiles"."person_id" is null and "mkt_wap_profiles"."group_id" is null;--> statement-breakpoint
CREATE INDEX "mkt_wap_profiles_wanted" ON "mkt_wap_profiles" USING btree ("account_id","wanted_at") WHERE "mkt_wap_profiles"."wanted_at" is not null;--> statement-breakpoint
CREATE INDEX "mkt_wap_profiles_sha256" ON "mkt_wap_profiles" USING btree ("sha256") WHERE "mkt_wap_profiles"."sha256" is not null;--> statement-breakpoint
CREATE INDEX "mkt_wap_profiles_of_person" ON "mkt_wap_profiles" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "mkt_wap_profiles_of_group" ON "mkt_wap_profiles" USING btree ("group_id");