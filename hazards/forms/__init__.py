"""Forms of hazards; those of moves are made from the table."""
