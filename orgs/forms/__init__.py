"""Forms of units and people: they check shape; rules are checked by the actions."""
