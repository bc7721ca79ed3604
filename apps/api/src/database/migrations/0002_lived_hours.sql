CREATE TABLE "mkt_wap_lived_hours" (
	"hour" timestamp (3) with time zone PRIMARY KEY NOT NULL
);
