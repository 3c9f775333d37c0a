"""Pages of plans, draws, teams and visits."""
