"""Django's SQLite backend, with its writers in a queue (docs/adr/0009)."""
