-- Destroys the rows of a table of leaves that are due at an instant, of every service, in one question. Answers nothing while another sweeper is at it.
-- `through`: everything up to there is destroyed. `remaining`: leaves that are empty now and in the table still. `stuck`: how many are due and full still, since somebody reads them.
-- `more`: it stopped after so many leaves as one transaction may lock, and is to be asked again.
CREATE FUNCTION "service"."forget_leaves"(parent text, class text, at bigint, OUT count integer, OUT earliest bigint, OUT through bigint, OUT remaining text[], OUT stuck integer, OUT more boolean)
RETURNS SETOF record LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	first constant text := parent || '_';
	at_once constant integer := 500;
	seen integer := 0;
	leaf text;
	hour bigint;
	full_leaves text := '';
	bare boolean;
	n bigint;
	since bigint;
BEGIN
	IF NOT pg_try_advisory_xact_lock(hashtextextended('fortrolig.forget.service.' || class, 0)) THEN RETURN; END IF;
	count := 0;
	remaining := '{}';
	through := at;
	stuck := 0;
	FOR leaf, hour, bare IN
		SELECT relname, substr(relname, length(first) + 1)::bigint AS at_hour, coalesce(pg_relation_size(oid), 0) = 0 FROM (
			SELECT relname::text, oid FROM pg_class WHERE relnamespace = 'service'::regnamespace AND relkind = 'r' AND relname > first::name AND relname < (first || ':')::name
		) AS named
		-- A number, before it is taken for one.
		WHERE CASE WHEN substr(relname, length(first) + 1) ~ '^[0-9]{1,12}$' THEN substr(relname, length(first) + 1)::bigint * 3600000 <= at ELSE false END
		ORDER BY at_hour LIMIT at_once
	LOOP
		seen := seen + 1;
		IF bare THEN
			n := 0;
		ELSIF (hour + 1) * 3600000 > at THEN
			EXECUTE format('WITH gone AS (DELETE FROM ONLY service.%I WHERE delete_at <= %s RETURNING delete_at) SELECT count(*), min(delete_at) FROM gone', leaf, at) INTO n, since;
		ELSE
			BEGIN
				-- One reader is waited for, as long as this connection waits for anybody; once it was in vain, no other is.
				EXECUTE format('LOCK TABLE ONLY service.%I IN ACCESS EXCLUSIVE MODE %s', leaf, CASE WHEN stuck = 0 THEN '' ELSE 'NOWAIT' END);
			EXCEPTION WHEN lock_not_available OR undefined_table THEN
				stuck := stuck + 1;
				through := least(through, hour * 3600000 - 1);
				CONTINUE;
			END;
			EXECUTE format('SELECT count(*), min(delete_at) FROM ONLY service.%I', leaf) INTO n, since;
			full_leaves := full_leaves || format(', ONLY service.%I', leaf);
		END IF;
		IF (hour + 1) * 3600000 <= at THEN remaining := remaining || leaf; END IF;
		IF n > 0 THEN
			count := count + n;
			earliest := least(earliest, since);
		END IF;
	END LOOP;
	more := seen = at_once;
	IF more THEN through := least(through, (hour + 1) * 3600000 - 1); END IF;
	IF remaining <> '{}' THEN
		BEGIN
			-- Where nobody is in the table at this moment, the leaves go as they are. This never waits, so that nobody waits behind it.
			EXECUTE format('LOCK TABLE ONLY service.%I, ', parent) || (SELECT string_agg(format('ONLY service.%I', one), ', ') FROM unnest(remaining) AS one) || ' IN ACCESS EXCLUSIVE MODE NOWAIT';
			EXECUTE 'DROP TABLE ' || (SELECT string_agg(format('service.%I', one), ', ') FROM unnest(remaining) AS one);
			remaining := '{}';
		EXCEPTION WHEN lock_not_available OR undefined_table THEN
			IF full_leaves <> '' THEN EXECUTE 'TRUNCATE ' || substr(full_leaves, 3); END IF;
		END;
	END IF;
	RETURN NEXT;
END $$;
--> statement-breakpoint
ALTER FUNCTION "service"."forget_leaves"(text, text, bigint) OWNER TO "fortrolig_owner";
--> statement-breakpoint
REVOKE ALL ON FUNCTION "service"."forget_leaves"(text, text, bigint) FROM PUBLIC;
