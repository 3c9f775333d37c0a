"""Pages of papers, of their verification, and of background jobs."""
