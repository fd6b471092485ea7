"""Editing the parts of a pack in forms that are made from the shapes of its files."""
