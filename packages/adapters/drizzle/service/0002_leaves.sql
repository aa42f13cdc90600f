-- The roles: group roles without a login, shared by every database of a cluster. The server makes them before it migrates, and says which it may not make.
-- Whoever applies this by hand gets them from here.
DO $$
DECLARE
	wanted text;
BEGIN
	FOREACH wanted IN ARRAY ARRAY['fortrolig_owner', 'fortrolig_app', 'fortrolig_audit'] LOOP
		IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted) THEN EXECUTE format('CREATE ROLE %I NOLOGIN', wanted); END IF;
	END LOOP;
END $$;
--> statement-breakpoint
CREATE SCHEMA IF NOT EXISTS "service";
--> statement-breakpoint
-- What an earlier version made moves here from the schema that it was made in; what becomes a table of leaves steps aside first.
DO $$
DECLARE
	known text;
BEGIN
	FOREACH known IN ARRAY ARRAY['session', 'content', 'invitation', 'staff_session', 'installation'] LOOP
		IF to_regclass(format('service.%I', known)) IS NULL THEN EXECUTE format('ALTER TABLE public.%I SET SCHEMA service', known); END IF;
	END LOOP;
END $$;
--> statement-breakpoint
ALTER TABLE "service"."session" RENAME TO "session_before";
--> statement-breakpoint
ALTER TABLE "service"."content" RENAME TO "content_before";
--> statement-breakpoint
DROP INDEX "service"."invitation_delete_at", "service"."staff_session_delete_at";
--> statement-breakpoint
CREATE TABLE "service"."bucket_ledger" (
	"data_class" text PRIMARY KEY NOT NULL,
	"through" bigint NOT NULL
);
--> statement-breakpoint
INSERT INTO "service"."bucket_ledger" ("data_class", "through")
	SELECT unnest(ARRAY['content', 'endedSession', 'triage', 'consent', 'invitation', 'staffSession']), 0;
--> statement-breakpoint
-- A row of a live session has no deadline yet: it says 0 and lies in the leaf `_live`. Every other leaf is one hour of deadlines. There is no default leaf.
CREATE TABLE "service"."session" (
	"ref" uuid NOT NULL,
	"service" text NOT NULL,
	"version" integer,
	"sealed" "bytea",
	"delete_at" bigint NOT NULL,
	CONSTRAINT "session_ref" PRIMARY KEY("ref","delete_at")
) PARTITION BY RANGE ("delete_at");
--> statement-breakpoint
CREATE TABLE "service"."content" (
	"ref" uuid NOT NULL,
	"tag" "bytea" NOT NULL,
	"service" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"wrapped" "bytea",
	"delete_at" bigint NOT NULL,
	CONSTRAINT "content_ref" PRIMARY KEY("ref","tag","delete_at")
) PARTITION BY RANGE ("delete_at");
--> statement-breakpoint
CREATE TABLE "service"."consent" (
	"ref" uuid NOT NULL,
	"purpose" text NOT NULL,
	"service" text NOT NULL,
	"wrapped" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"delete_at" bigint NOT NULL,
	CONSTRAINT "consent_ref" PRIMARY KEY("ref","purpose","delete_at")
) PARTITION BY RANGE ("delete_at");
--> statement-breakpoint
CREATE TABLE "service"."triage" (
	"ref" uuid NOT NULL,
	"service" text NOT NULL,
	"wrapped" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"delete_at" bigint NOT NULL,
	CONSTRAINT "triage_ref" PRIMARY KEY("ref","delete_at")
) PARTITION BY RANGE ("delete_at");
--> statement-breakpoint
CREATE TABLE "service"."anonymous_note" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"service" text NOT NULL,
	"period" text NOT NULL,
	"purposes" text NOT NULL,
	"fields" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "service"."receipt" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"service" text NOT NULL,
	"wrapped" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"delete_at" bigint NOT NULL
);
--> statement-breakpoint
-- Sealed bytes do not get shorter by compressing them.
ALTER TABLE "service"."session" ALTER COLUMN "sealed" SET STORAGE EXTERNAL;
--> statement-breakpoint
ALTER TABLE "service"."content" ALTER COLUMN "sealed" SET STORAGE EXTERNAL;
--> statement-breakpoint
CREATE TABLE "service"."session_live" PARTITION OF "service"."session" FOR VALUES FROM (MINVALUE) TO (1) WITH (fillfactor = 50);
--> statement-breakpoint
CREATE TABLE "service"."content_live" PARTITION OF "service"."content" FOR VALUES FROM (MINVALUE) TO (1);
--> statement-breakpoint
CREATE TABLE "service"."consent_live" PARTITION OF "service"."consent" FOR VALUES FROM (MINVALUE) TO (1);
--> statement-breakpoint
CREATE TABLE "service"."triage_live" PARTITION OF "service"."triage" FOR VALUES FROM (MINVALUE) TO (1);
--> statement-breakpoint
-- ANALYZE copies common values of a column into pg_statistic, where they outlive the rows. The setting does not pass from a table to its leaves.
CREATE FUNCTION "service"."no_statistics"(of regclass) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	EXECUTE (
		SELECT format('ALTER TABLE ONLY %s %s', of, string_agg(format('ALTER COLUMN %I SET STATISTICS 0', attname), ', ' ORDER BY attnum))
		FROM pg_attribute WHERE attrelid = of AND attnum > 0 AND NOT attisdropped
	);
END $$;
--> statement-breakpoint
-- Makes the leaf of one hour since 1970 and answers whether it is there now: no leaf is made for an hour of which everything is destroyed already.
-- Nothing here keeps readers or writers of the table waiting. Several servers may ask at once.
CREATE FUNCTION "service"."make_leaf"(parent text, class text, hour bigint) RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	leaf text := parent || '_' || hour;
BEGIN
	IF EXISTS (SELECT FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE relnamespace = 'service'::regnamespace AND relname = leaf) THEN RETURN true; END IF;
	IF (hour + 1) * 3600000 <= (SELECT through FROM service.bucket_ledger WHERE data_class = class) THEN RETURN false; END IF;
	PERFORM pg_advisory_xact_lock(hashtextextended('fortrolig.service.' || leaf, 0));
	-- Looked for in the tables: what this session remembers of the catalogue may be from before it waited.
	IF EXISTS (SELECT FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE relnamespace = 'service'::regnamespace AND relname = leaf) THEN RETURN true; END IF;
	EXECUTE format('CREATE TABLE service.%I (LIKE service.%I INCLUDING ALL)', leaf, parent);
	EXECUTE format('CREATE INDEX %I ON service.%I (delete_at)', leaf || '_delete_at', leaf);
	PERFORM service.no_statistics(format('service.%I', leaf)::regclass);
	EXECUTE format('ALTER TABLE service.%I ATTACH PARTITION service.%I FOR VALUES FROM (%s) TO (%s)', parent, leaf, hour * 3600000, (hour + 1) * 3600000);
	RETURN true;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION "service"."no_statistics"(regclass), "service"."make_leaf"(text, text, bigint) FROM PUBLIC;
--> statement-breakpoint
-- What an earlier version stored goes to the leaf of its hour.
SELECT "service"."make_leaf"('session', 'endedSession', hour) FROM (SELECT DISTINCT "delete_at" / 3600000 AS hour FROM "service"."session_before" WHERE "delete_at" IS NOT NULL) AS present;
--> statement-breakpoint
SELECT "service"."make_leaf"('content', 'content', hour) FROM (SELECT DISTINCT "delete_at" / 3600000 AS hour FROM "service"."content_before" WHERE "delete_at" IS NOT NULL) AS present;
--> statement-breakpoint
INSERT INTO "service"."session" ("ref", "service", "version", "sealed", "delete_at")
	SELECT "ref", "service", "version", "sealed", coalesce("delete_at", 0) FROM "service"."session_before";
--> statement-breakpoint
INSERT INTO "service"."content" ("ref", "tag", "service", "sealed", "wrapped", "delete_at")
	SELECT "ref", "tag", "service", "sealed", "wrapped", coalesce("delete_at", 0) FROM "service"."content_before";
--> statement-breakpoint
DROP TABLE "service"."session_before", "service"."content_before";
--> statement-breakpoint
-- A server sees and stores the rows of the services that it serves, and nothing whose deadline has been swept already. The audit counts every row.
DO $$
DECLARE
	served constant text := 'service = ANY (string_to_array(current_setting(''fortrolig.services'', true), '',''))';
	one record;
	swept text;
BEGIN
	FOR one IN SELECT * FROM (VALUES
		('session', 'endedSession', 'SELECT, INSERT, UPDATE, DELETE'),
		('content', 'content', 'SELECT, INSERT, UPDATE, DELETE'),
		('consent', 'consent', 'SELECT, INSERT, UPDATE, DELETE'),
		('triage', 'triage', 'SELECT, INSERT, UPDATE, DELETE'),
		('receipt', 'consent', 'SELECT, INSERT, DELETE'),
		('invitation', 'invitation', 'SELECT, INSERT, DELETE'),
		('staff_session', 'staffSession', 'SELECT, INSERT, DELETE'),
		('anonymous_note', NULL, 'SELECT, INSERT')
	) AS known(name, class, rights) LOOP
		swept := CASE WHEN one.class IS NULL THEN ''
			ELSE format(' AND (delete_at = 0 OR delete_at > (SELECT through FROM service.bucket_ledger WHERE data_class = %L))', one.class) END;
		EXECUTE format('ALTER TABLE service.%I ENABLE ROW LEVEL SECURITY', one.name);
		EXECUTE format('CREATE POLICY served ON service.%I TO fortrolig_app USING (%s) WITH CHECK (%s%s)', one.name, served, served, swept);
		EXECUTE format('CREATE POLICY counted ON service.%I FOR SELECT TO fortrolig_audit USING (true)', one.name);
		EXECUTE format('GRANT %s ON service.%I TO fortrolig_app', one.rights, one.name);
		EXECUTE format('GRANT SELECT (%s) ON service.%I TO fortrolig_audit', CASE WHEN one.class IS NULL THEN 'service' ELSE 'service, delete_at' END, one.name);
	END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "service"."installation" TO "fortrolig_app";
--> statement-breakpoint
GRANT SELECT ON "service"."bucket_ledger" TO "fortrolig_app", "fortrolig_audit";
--> statement-breakpoint
GRANT SELECT ("generation") ON "service"."installation" TO "fortrolig_audit";
--> statement-breakpoint
GRANT USAGE ON SCHEMA "service" TO "fortrolig_app", "fortrolig_audit";
--> statement-breakpoint
-- Nobody's columns but the ledger's and the installation's may be analysed, and everything belongs to the owner.
DO $$
DECLARE
	one regclass;
BEGIN
	ALTER SCHEMA "service" OWNER TO "fortrolig_owner";
	FOR one IN SELECT oid::regclass FROM pg_class WHERE relnamespace = 'service'::regnamespace AND relkind IN ('r', 'p') LOOP
		IF one NOT IN ('service.bucket_ledger'::regclass, 'service.installation'::regclass) THEN PERFORM service.no_statistics(one); END IF;
		EXECUTE format('ALTER TABLE %s OWNER TO fortrolig_owner', one);
	END LOOP;
	ALTER FUNCTION "service"."no_statistics"(regclass) OWNER TO "fortrolig_owner";
	ALTER FUNCTION "service"."make_leaf"(text, text, bigint) OWNER TO "fortrolig_owner";
END $$;
