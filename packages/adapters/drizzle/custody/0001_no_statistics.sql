-- ANALYZE copies common values of a column into pg_statistic, where they outlive the rows; a column with no statistics target is left alone.
ALTER TABLE "access_trace" ALTER COLUMN "ref" SET STATISTICS 0, ALTER COLUMN "service" SET STATISTICS 0, ALTER COLUMN "wrapped" SET STATISTICS 0, ALTER COLUMN "sealed" SET STATISTICS 0, ALTER COLUMN "delete_at" SET STATISTICS 0;
