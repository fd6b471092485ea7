"""Looking after accounts: who there is, who holds which post, and what takes a second person."""
