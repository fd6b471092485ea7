"""Acts on a case: what each is called, when it is offered, its form, and what carries it out."""
