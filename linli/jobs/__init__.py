"""What follows from facts and from the clock, done by the worker at least once, told once."""
