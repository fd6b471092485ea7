"""Public reads of cases."""
