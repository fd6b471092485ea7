"""Foreign systems, one folder each; no one of them knows another."""
