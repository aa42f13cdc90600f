-- The vendor realm's own roles: nothing here makes any role of the service realm a member of them. The server makes them before it migrates, and says which it may not make.
-- Whoever applies this by hand gets them from here.
DO $$
DECLARE
	wanted text;
BEGIN
	FOREACH wanted IN ARRAY ARRAY['fortrolig_custody_owner', 'fortrolig_custody', 'fortrolig_audit'] LOOP
		IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted) THEN EXECUTE format('CREATE ROLE %I NOLOGIN', wanted); END IF;
	END LOOP;
END $$;
--> statement-breakpoint
CREATE SCHEMA IF NOT EXISTS "custody";
--> statement-breakpoint
-- What an earlier version made moves here from the schema that it was made in; what becomes a table of leaves steps aside first.
DO $$
DECLARE
	known text;
BEGIN
	FOREACH known IN ARRAY ARRAY['access_trace', 'installation'] LOOP
		IF to_regclass(format('custody.%I', known)) IS NULL THEN EXECUTE format('ALTER TABLE public.%I SET SCHEMA custody', known); END IF;
	END LOOP;
END $$;
--> statement-breakpoint
ALTER TABLE "custody"."access_trace" RENAME TO "access_trace_before";
--> statement-breakpoint
CREATE TABLE "custody"."bucket_ledger" (
	"data_class" text PRIMARY KEY NOT NULL,
	"through" bigint NOT NULL
);
--> statement-breakpoint
INSERT INTO "custody"."bucket_ledger" ("data_class", "through") VALUES ('accessTrace', 0);
--> statement-breakpoint
-- Every leaf is one hour of deadlines. There is no default leaf, and none for a trace without a deadline: a trace has one from the start.
CREATE TABLE "custody"."access_trace" (
	"ref" uuid NOT NULL,
	"service" text NOT NULL,
	"wrapped" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"delete_at" bigint NOT NULL,
	CONSTRAINT "access_trace_ref" PRIMARY KEY("ref","delete_at")
) PARTITION BY RANGE ("delete_at");
--> statement-breakpoint
CREATE TABLE "custody"."held_trace" (
	"ref" uuid PRIMARY KEY NOT NULL,
	"service" text NOT NULL,
	"wrapped" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"delete_at" bigint NOT NULL
);
--> statement-breakpoint
-- ANALYZE copies common values of a column into pg_statistic, where they outlive the rows. The setting does not pass from a table to its leaves.
CREATE FUNCTION "custody"."no_statistics"(of regclass) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	EXECUTE (
		SELECT format('ALTER TABLE ONLY %s %s', of, string_agg(format('ALTER COLUMN %I SET STATISTICS 0', attname), ', ' ORDER BY attnum))
		FROM pg_attribute WHERE attrelid = of AND attnum > 0 AND NOT attisdropped
	);
END $$;
--> statement-breakpoint
-- Makes the leaf of one hour since 1970 and answers whether it is there now: no leaf is made for an hour of which everything is destroyed already.
-- Nothing here keeps readers or writers of the table waiting. Several servers may ask at once.
CREATE FUNCTION "custody"."make_leaf"(parent text, class text, hour bigint) RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	leaf text := parent || '_' || hour;
BEGIN
	IF EXISTS (SELECT FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE relnamespace = 'custody'::regnamespace AND relname = leaf) THEN RETURN true; END IF;
	IF (hour + 1) * 3600000 <= (SELECT through FROM custody.bucket_ledger WHERE data_class = class) THEN RETURN false; END IF;
	PERFORM pg_advisory_xact_lock(hashtextextended('fortrolig.custody.' || leaf, 0));
	-- Looked for in the tables: what this session remembers of the catalogue may be from before it waited.
	IF EXISTS (SELECT FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE relnamespace = 'custody'::regnamespace AND relname = leaf) THEN RETURN true; END IF;
	EXECUTE format('CREATE TABLE custody.%I (LIKE custody.%I INCLUDING ALL)', leaf, parent);
	EXECUTE format('CREATE INDEX %I ON custody.%I (delete_at)', leaf || '_delete_at', leaf);
	PERFORM custody.no_statistics(format('custody.%I', leaf)::regclass);
	EXECUTE format('ALTER TABLE custody.%I ATTACH PARTITION custody.%I FOR VALUES FROM (%s) TO (%s)', parent, leaf, hour * 3600000, (hour + 1) * 3600000);
	RETURN true;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION "custody"."no_statistics"(regclass), "custody"."make_leaf"(text, text, bigint) FROM PUBLIC;
--> statement-breakpoint
-- What an earlier version stored goes to the leaf of its hour.
SELECT "custody"."make_leaf"('access_trace', 'accessTrace', hour) FROM (SELECT DISTINCT "delete_at" / 3600000 AS hour FROM "custody"."access_trace_before") AS present;
--> statement-breakpoint
INSERT INTO "custody"."access_trace" ("ref", "service", "wrapped", "sealed", "delete_at")
	SELECT "ref", "service", "wrapped", "sealed", "delete_at" FROM "custody"."access_trace_before";
--> statement-breakpoint
DROP TABLE "custody"."access_trace_before";
--> statement-breakpoint
-- A server sees and stores the traces of the services that it serves, and none whose deadline has been swept already. The audit counts every row.
DO $$
DECLARE
	served constant text := 'service = ANY (string_to_array(current_setting(''fortrolig.services'', true), '',''))';
	one record;
BEGIN
	FOR one IN SELECT * FROM (VALUES
		('access_trace', ' AND delete_at > (SELECT through FROM custody.bucket_ledger WHERE data_class = ''accessTrace'')'),
		('held_trace', '')
	) AS known(name, check_too) LOOP
		EXECUTE format('ALTER TABLE custody.%I ENABLE ROW LEVEL SECURITY', one.name);
		EXECUTE format('CREATE POLICY served ON custody.%I TO fortrolig_custody USING (%s) WITH CHECK (%s%s)', one.name, served, served, one.check_too);
		EXECUTE format('CREATE POLICY counted ON custody.%I FOR SELECT TO fortrolig_audit USING (true)', one.name);
		EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON custody.%I TO fortrolig_custody', one.name);
		EXECUTE format('GRANT SELECT (service, delete_at) ON custody.%I TO fortrolig_audit', one.name);
	END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "custody"."installation" TO "fortrolig_custody";
--> statement-breakpoint
GRANT SELECT ON "custody"."bucket_ledger" TO "fortrolig_custody", "fortrolig_audit";
--> statement-breakpoint
GRANT SELECT ("generation") ON "custody"."installation" TO "fortrolig_audit";
--> statement-breakpoint
GRANT USAGE ON SCHEMA "custody" TO "fortrolig_custody", "fortrolig_audit";
--> statement-breakpoint
-- Nobody's columns but the ledger's and the installation's may be analysed, and everything belongs to the owner.
DO $$
DECLARE
	one regclass;
BEGIN
	ALTER SCHEMA "custody" OWNER TO "fortrolig_custody_owner";
	FOR one IN SELECT oid::regclass FROM pg_class WHERE relnamespace = 'custody'::regnamespace AND relkind IN ('r', 'p') LOOP
		IF one NOT IN ('custody.bucket_ledger'::regclass, 'custody.installation'::regclass) THEN PERFORM custody.no_statistics(one); END IF;
		EXECUTE format('ALTER TABLE %s OWNER TO fortrolig_custody_owner', one);
	END LOOP;
	ALTER FUNCTION "custody"."no_statistics"(regclass) OWNER TO "fortrolig_custody_owner";
	ALTER FUNCTION "custody"."make_leaf"(text, text, bigint) OWNER TO "fortrolig_custody_owner";
END $$;
