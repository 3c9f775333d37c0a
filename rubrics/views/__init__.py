"""Pages of the scoring tables: reading them, publishing them, editing a draft."""
