"""Jobs (后台任务): one's own, how far each is, what came of it."""
