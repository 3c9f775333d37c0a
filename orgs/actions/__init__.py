"""What people do to units and accounts; each writes its audit event."""
