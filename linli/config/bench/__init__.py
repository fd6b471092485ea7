"""What Linli promises, measured. Each file is a bench; a leading underscore says it is none.

A bench's file has `command`, a click command decorated with `json_option`, that hands its figures
to `answer` as the last thing it does: both are in `_answer.py`. Figures go to standard output,
everything else to standard error.
"""
