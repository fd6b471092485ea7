"""What waits beside the road of a case, by the stage of its side item; no standard names these."""

EXTENSION = "extension"
EXCLUSION = "exclusion"
SUPERVISION = "supervision"
DEFERRAL = "deferral"  # asked for
DEFERRED = "deferred"  # granted; due when it is to be checked again
# What ends with the stage in which it was asked for.
OF_A_STAGE = (EXTENSION, DEFERRAL, DEFERRED)
