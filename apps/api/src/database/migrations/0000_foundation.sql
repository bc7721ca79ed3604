CREATE TABLE "mkt_wap_api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"hash" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "mkt_wap_api_keys_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_auth_accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp (3) with time zone,
	"refresh_token_expires_at" timestamp (3) with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_auth_sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mkt_wap_auth_sessions_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_auth_users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"role" text DEFAULT 'viewer' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mkt_wap_auth_users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_auth_verifications" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_setup_links" (
	"hash" text PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"network" text NOT NULL,
	"name" text NOT NULL,
	"phone_number" text,
	"phone_number_source" text,
	"lid" text,
	"push_name" text,
	"notes" text,
	"status_note" text,
	"wanted" text DEFAULT 'offline' NOT NULL,
	"epoch" bigint DEFAULT 0 NOT NULL,
	"status" text DEFAULT 'inactive' NOT NULL,
	"connection" text DEFAULT 'offline' NOT NULL,
	"reason" text DEFAULT 'none' NOT NULL,
	"user_action" text,
	"since" timestamp (3) with time zone NOT NULL,
	"linking_since" timestamp (3) with time zone,
	"deadline" timestamp (3) with time zone,
	"deadline_kind" text,
	"attempt" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone,
	"linked" boolean DEFAULT false NOT NULL,
	"verified_at" timestamp (3) with time zone,
	"linked_at" timestamp (3) with time zone,
	"authenticated_at" timestamp (3) with time zone,
	"last_connected_at" timestamp (3) with time zone,
	"last_disconnected_at" timestamp (3) with time zone,
	"last_seen_connected_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_commands" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"verb" text NOT NULL,
	"input" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"deadline" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"answer" jsonb
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_duties" (
	"duty" text PRIMARY KEY NOT NULL,
	"owner" uuid NOT NULL,
	"epoch" bigint NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_leases" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"owner" uuid,
	"epoch" bigint NOT NULL,
	"claimed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_workers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"network" text NOT NULL,
	"host" text NOT NULL,
	"pid" integer NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_event_counter" (
	"id" integer PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_event_sequences" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"sequence" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_events" (
	"row" bigserial PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"position" bigint,
	"sequence" bigint,
	"account_id" uuid,
	"event" text NOT NULL,
	"payload" jsonb NOT NULL,
	"timestamp" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_secrets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_group_accounts" (
	"group_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"role" text,
	"left_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mkt_wap_group_accounts_group_id_account_id_pk" PRIMARY KEY("group_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_group_participants" (
	"group_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"role" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mkt_wap_group_participants_group_id_person_id_pk" PRIMARY KEY("group_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_groups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"network" text NOT NULL,
	"wa_id" text NOT NULL,
	"subject" text NOT NULL,
	"description" text,
	"addressing" text NOT NULL,
	"announcement" boolean DEFAULT false NOT NULL,
	"locked" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_chats" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"network" text NOT NULL,
	"person_id" uuid,
	"group_id" uuid,
	"unread" integer DEFAULT 0 NOT NULL,
	"last_message_id" uuid,
	"last_activity_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_idempotency_keys" (
	"scope" text NOT NULL,
	"account_id" uuid NOT NULL,
	"key" text NOT NULL,
	"body_hash" text NOT NULL,
	"message_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mkt_wap_idempotency_keys_scope_account_id_key_pk" PRIMARY KEY("scope","account_id","key")
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_message_receipts" (
	"message_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"delivered_at" timestamp (3) with time zone,
	"read_at" timestamp (3) with time zone,
	"played_at" timestamp (3) with time zone,
	CONSTRAINT "mkt_wap_message_receipts_message_id_person_id_pk" PRIMARY KEY("message_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ordinal" bigserial NOT NULL,
	"account_id" uuid NOT NULL,
	"chat_id" uuid NOT NULL,
	"direction" text NOT NULL,
	"sender_id" uuid,
	"wa_id" text NOT NULL,
	"kind" text NOT NULL,
	"content" jsonb NOT NULL,
	"raw" "bytea",
	"quoted_wa_id" text,
	"status" text NOT NULL,
	"queued_reason" text,
	"failure" jsonb,
	"attempts" integer DEFAULT 0 NOT NULL,
	"timestamp" timestamp (3) with time zone NOT NULL,
	"not_before" timestamp (3) with time zone,
	"not_after" timestamp (3) with time zone,
	"sending_at" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	"delivered_at" timestamp (3) with time zone,
	"read_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_people" (
	"id" uuid PRIMARY KEY NOT NULL,
	"network" text NOT NULL,
	"phone" text,
	"lid" text,
	"push_name" text,
	"merged_into" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_parked_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"type" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"error" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_session_generations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"cause" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"record_count" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_session_records" (
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"record_id" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mkt_wap_session_records_account_id_kind_record_id_pk" PRIMARY KEY("account_id","kind","record_id")
);
--> statement-breakpoint
CREATE TABLE "mkt_wap_vault_keys" (
	"key_id" text PRIMARY KEY NOT NULL,
	"check" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "mkt_wap_auth_accounts" ADD CONSTRAINT "mkt_wap_auth_accounts_user_id_mkt_wap_auth_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."mkt_wap_auth_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_auth_sessions" ADD CONSTRAINT "mkt_wap_auth_sessions_user_id_mkt_wap_auth_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."mkt_wap_auth_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_commands" ADD CONSTRAINT "mkt_wap_commands_account_id_mkt_wap_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."mkt_wap_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_leases" ADD CONSTRAINT "mkt_wap_leases_account_id_mkt_wap_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."mkt_wap_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_group_accounts" ADD CONSTRAINT "mkt_wap_group_accounts_group_id_mkt_wap_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."mkt_wap_groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_group_accounts" ADD CONSTRAINT "mkt_wap_group_accounts_account_id_mkt_wap_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."mkt_wap_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_group_participants" ADD CONSTRAINT "mkt_wap_group_participants_group_id_mkt_wap_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."mkt_wap_groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_group_participants" ADD CONSTRAINT "mkt_wap_group_participants_person_id_mkt_wap_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."mkt_wap_people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_chats" ADD CONSTRAINT "mkt_wap_chats_account_id_mkt_wap_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."mkt_wap_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_chats" ADD CONSTRAINT "mkt_wap_chats_person_id_mkt_wap_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."mkt_wap_people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_chats" ADD CONSTRAINT "mkt_wap_chats_group_id_mkt_wap_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."mkt_wap_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_message_receipts" ADD CONSTRAINT "mkt_wap_message_receipts_message_id_mkt_wap_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."mkt_wap_messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_message_receipts" ADD CONSTRAINT "mkt_wap_message_receipts_person_id_mkt_wap_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."mkt_wap_people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_messages" ADD CONSTRAINT "mkt_wap_messages_account_id_mkt_wap_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."mkt_wap_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_messages" ADD CONSTRAINT "mkt_wap_messages_chat_id_mkt_wap_chats_id_fk" FOREIGN KEY ("chat_id") REFERENCES "public"."mkt_wap_chats"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_messages" ADD CONSTRAINT "mkt_wap_messages_sender_id_mkt_wap_people_id_fk" FOREIGN KEY ("sender_id") REFERENCES "public"."mkt_wap_people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_parked_entries" ADD CONSTRAINT "mkt_wap_parked_entries_account_id_mkt_wap_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."mkt_wap_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_session_generations" ADD CONSTRAINT "mkt_wap_session_generations_account_id_mkt_wap_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."mkt_wap_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mkt_wap_session_records" ADD CONSTRAINT "mkt_wap_session_records_account_id_mkt_wap_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."mkt_wap_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "mkt_wap_accounts_phone_number" ON "mkt_wap_accounts" USING btree ("network","phone_number") WHERE "mkt_wap_accounts"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "mkt_wap_accounts_wanted" ON "mkt_wap_accounts" USING btree ("network","wanted");--> statement-breakpoint
CREATE INDEX "mkt_wap_accounts_deadline" ON "mkt_wap_accounts" USING btree ("deadline") WHERE "mkt_wap_accounts"."deadline" is not null;--> statement-breakpoint
CREATE INDEX "mkt_wap_accounts_created" ON "mkt_wap_accounts" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "mkt_wap_commands_open" ON "mkt_wap_commands" USING btree ("account_id","created_at") WHERE "mkt_wap_commands"."answered_at" is null;--> statement-breakpoint
CREATE INDEX "mkt_wap_commands_age" ON "mkt_wap_commands" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "mkt_wap_leases_owner" ON "mkt_wap_leases" USING btree ("owner");--> statement-breakpoint
CREATE UNIQUE INDEX "mkt_wap_events_position" ON "mkt_wap_events" USING btree ("position");--> statement-breakpoint
CREATE INDEX "mkt_wap_events_account" ON "mkt_wap_events" USING btree ("account_id","position");--> statement-breakpoint
CREATE INDEX "mkt_wap_events_unnumbered" ON "mkt_wap_events" USING btree ("row") WHERE "mkt_wap_events"."position" is null;--> statement-breakpoint
CREATE INDEX "mkt_wap_secrets_account" ON "mkt_wap_secrets" USING btree ("account_id","kind","created_at");--> statement-breakpoint
CREATE INDEX "mkt_wap_secrets_expiry" ON "mkt_wap_secrets" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "mkt_wap_group_accounts_account" ON "mkt_wap_group_accounts" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "mkt_wap_group_participants_person" ON "mkt_wap_group_participants" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "mkt_wap_groups_wa_id" ON "mkt_wap_groups" USING btree ("network","wa_id");--> statement-breakpoint
CREATE UNIQUE INDEX "mkt_wap_chats_person" ON "mkt_wap_chats" USING btree ("account_id","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "mkt_wap_chats_group" ON "mkt_wap_chats" USING btree ("account_id","group_id");--> statement-breakpoint
CREATE INDEX "mkt_wap_chats_activity" ON "mkt_wap_chats" USING btree ("last_activity_at","id");--> statement-breakpoint
CREATE INDEX "mkt_wap_chats_by_person" ON "mkt_wap_chats" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "mkt_wap_idempotency_keys_age" ON "mkt_wap_idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "mkt_wap_messages_inbound" ON "mkt_wap_messages" USING btree ("account_id","chat_id","sender_id","wa_id") WHERE "mkt_wap_messages"."direction" = 'in';--> statement-breakpoint
CREATE UNIQUE INDEX "mkt_wap_messages_outbound" ON "mkt_wap_messages" USING btree ("account_id","wa_id") WHERE "mkt_wap_messages"."direction" = 'out';--> statement-breakpoint
CREATE INDEX "mkt_wap_messages_chat" ON "mkt_wap_messages" USING btree ("chat_id","ordinal");--> statement-breakpoint
CREATE INDEX "mkt_wap_messages_outbox" ON "mkt_wap_messages" USING btree ("account_id","ordinal") WHERE "mkt_wap_messages"."direction" = 'out' and "mkt_wap_messages"."status" in ('queued', 'sending', 'unknown');--> statement-breakpoint
CREATE INDEX "mkt_wap_messages_wa_id" ON "mkt_wap_messages" USING btree ("account_id","wa_id");--> statement-breakpoint
CREATE INDEX "mkt_wap_messages_sender" ON "mkt_wap_messages" USING btree ("sender_id") WHERE "mkt_wap_messages"."sender_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "mkt_wap_people_phone" ON "mkt_wap_people" USING btree ("network","phone");--> statement-breakpoint
CREATE UNIQUE INDEX "mkt_wap_people_lid" ON "mkt_wap_people" USING btree ("network","lid");--> statement-breakpoint
CREATE INDEX "mkt_wap_parked_entries_account" ON "mkt_wap_parked_entries" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "mkt_wap_session_generations_account" ON "mkt_wap_session_generations" USING btree ("account_id","number");--> statement-breakpoint
CREATE INDEX "mkt_wap_session_records_age" ON "mkt_wap_session_records" USING btree ("kind","updated_at");--> statement-breakpoint
INSERT INTO "mkt_wap_event_counter" ("id", "position") VALUES (1, 0);
