"""Ledgers on the desk: every ledger gets all of it from its definition."""
