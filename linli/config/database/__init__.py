"""The one server under Linli: PostgreSQL from a wheel, or the one that an office already runs."""
