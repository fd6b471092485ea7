"""Analytics: reads, never decides. What it may read is an extract whose grain is registered."""
