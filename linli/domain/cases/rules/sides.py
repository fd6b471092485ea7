"""What waits beside the road of a case, by the stage of its side item; no standard names these."""

EXTENSION = "extension"
EXCLUSION = "exclusion"
SUPERVISION = "supervision"
