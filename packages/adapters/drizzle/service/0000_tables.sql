CREATE TABLE "content" (
	"ref" uuid NOT NULL,
	"tag" "bytea" NOT NULL,
	"service" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"wrapped" "bytea",
	"delete_at" bigint,
	CONSTRAINT "content_ref_tag" PRIMARY KEY("ref","tag")
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"epoch" uuid PRIMARY KEY NOT NULL,
	"generation" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitation" (
	"secret" "bytea" PRIMARY KEY NOT NULL,
	"service" text NOT NULL,
	"delete_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session" (
	"ref" uuid PRIMARY KEY NOT NULL,
	"service" text NOT NULL,
	"version" integer,
	"sealed" "bytea",
	"delete_at" bigint
);
--> statement-breakpoint
CREATE TABLE "staff_session" (
	"token" "bytea" PRIMARY KEY NOT NULL,
	"staff" uuid NOT NULL,
	"service" text NOT NULL,
	"delete_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "content_delete_at" ON "content" USING btree ("delete_at");--> statement-breakpoint
CREATE INDEX "invitation_delete_at" ON "invitation" USING btree ("delete_at");--> statement-breakpoint
CREATE INDEX "session_delete_at" ON "session" USING btree ("delete_at");--> statement-breakpoint
CREATE INDEX "staff_session_delete_at" ON "staff_session" USING btree ("delete_at");