CREATE TABLE "mkt_wap_account_proxies" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"proxy_id" uuid NOT NULL,
	"pool_id" uuid,
	"assigned_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_proxies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"host" text NOT NULL,
	"port" integer NOT NULL,
	"sealed" "bytea",
	"pool_id" uuid,
	"last_test" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_proxy_pools" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "mkt_wap_account_proxies" ADD CONSTRAINT "mkt_wap_account_proxies_account_id_mkt_wap_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."mkt_wap_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_account_proxies" ADD CONSTRAINT "mkt_wap_account_proxies_proxy_id_mkt_wap_proxies_id_fk" FOREIGN KEY ("proxy_id") REFERENCES "public"."mkt_wap_proxies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_account_proxies" ADD CONSTRAINT "mkt_wap_account_proxies_pool_id_mkt_wap_proxy_pools_id_fk" FOREIGN KEY ("pool_id") REFERENCES "public"."mkt_wap_proxy_pools"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_proxies" ADD CONSTRAINT "mkt_wap_proxies_pool_id_mkt_wap_proxy_pools_id_fk" FOREIGN KEY ("pool_id") REFERENCES "public"."mkt_wap_proxy_pools"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mkt_wap_account_proxies_proxy" ON "mkt_wap_account_proxies" USING btree ("proxy_id");--> statement-breakpoint
CREATE UNIQUE INDEX "mkt_wap_proxies_name" ON "mkt_wap_proxies" USING btree ("name");--> statement-breakpoint
CREATE INDEX "mkt_wap_proxies_pool" ON "mkt_wap_proxies" USING btree ("pool_id");--> statement-breakpoint
CREATE UNIQUE INDEX "mkt_wap_proxy_pools_name" ON "mkt_wap_proxy_pools" USING btree ("name");