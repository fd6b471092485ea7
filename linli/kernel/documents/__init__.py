"""Documents from templates: PDF set by typst in a process of its own, Word forms filled in.

A template is data from a pack, never a program of ours: what it may name is listed, and what it
does is bounded.
"""
