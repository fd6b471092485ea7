"""Words that everything shares. Pure Python: no Django, no business."""
