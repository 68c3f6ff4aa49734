"""Jobs (后台任务): long work done by a worker process, restart-safe, on the database. docs/specs/jobs.md tells how."""
