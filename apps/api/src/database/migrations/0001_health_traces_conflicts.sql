CREATE TABLE "mkt_wap_client_versions" (
	"network" text PRIMARY KEY NOT NULL,
	"version" text NOT NULL,
	"worked_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_health_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone NOT NULL,
	"accounts" integer NOT NULL,
	"findings" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_schedules" (
	"name" text PRIMARY KEY NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_trace_lines" (
	"trace_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"line" text NOT NULL,
	"node" jsonb NOT NULL,
	CONSTRAINT "mkt_wap_trace_lines_trace_id_n_pk" PRIMARY KEY("trace_id","n")
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_traces" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "mkt_wap_accounts" ADD COLUMN "conflict_phone_number" text;--> statement-breakpoint
ALTER TABLE "mkt_wap_accounts" ADD COLUMN "conflict_account_id" uuid;--> statement-breakpoint
ALTER TABLE "mkt_wap_trace_lines" ADD CONSTRAINT "mkt_wap_trace_lines_trace_id_mkt_wap_traces_id_fk" FOREIGN KEY ("trace_id") REFERENCES "public"."mkt_wap_traces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_traces" ADD CONSTRAINT "mkt_wap_traces_account_id_mkt_wap_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."mkt_wap_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mkt_wap_health_runs_started" ON "mkt_wap_health_runs" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "mkt_wap_traces_account" ON "mkt_wap_traces" USING btree ("account_id","started_at");