"""Forms of plans, teams and visits."""
