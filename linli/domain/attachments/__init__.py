"""Photographs that belong to a case: what residents show, and what offices show in return."""
