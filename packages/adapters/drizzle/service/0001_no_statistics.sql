-- ANALYZE copies common values of a column into pg_statistic, where they outlive the rows; a column with no statistics target is left alone.
ALTER TABLE "session" ALTER COLUMN "ref" SET STATISTICS 0, ALTER COLUMN "service" SET STATISTICS 0, ALTER COLUMN "version" SET STATISTICS 0, ALTER COLUMN "sealed" SET STATISTICS 0, ALTER COLUMN "delete_at" SET STATISTICS 0;
--> statement-breakpoint
ALTER TABLE "content" ALTER COLUMN "ref" SET STATISTICS 0, ALTER COLUMN "tag" SET STATISTICS 0, ALTER COLUMN "service" SET STATISTICS 0, ALTER COLUMN "sealed" SET STATISTICS 0, ALTER COLUMN "wrapped" SET STATISTICS 0, ALTER COLUMN "delete_at" SET STATISTICS 0;
--> statement-breakpoint
ALTER TABLE "invitation" ALTER COLUMN "secret" SET STATISTICS 0, ALTER COLUMN "service" SET STATISTICS 0, ALTER COLUMN "delete_at" SET STATISTICS 0;
--> statement-breakpoint
ALTER TABLE "staff_session" ALTER COLUMN "token" SET STATISTICS 0, ALTER COLUMN "staff" SET STATISTICS 0, ALTER COLUMN "service" SET STATISTICS 0, ALTER COLUMN "delete_at" SET STATISTICS 0;
