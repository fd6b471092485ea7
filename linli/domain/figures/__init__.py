"""Figures that are made public: one door, and nothing behind it can be reckoned back."""
