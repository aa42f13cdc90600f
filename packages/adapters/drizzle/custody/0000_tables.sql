CREATE TABLE "access_trace" (
	"ref" uuid PRIMARY KEY NOT NULL,
	"service" text NOT NULL,
	"wrapped" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"delete_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"epoch" uuid PRIMARY KEY NOT NULL,
	"generation" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "access_trace_delete_at" ON "access_trace" USING btree ("delete_at");