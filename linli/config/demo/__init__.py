"""The main job, played without a browser: a file of messages in, read, dispatched, summed up."""

from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[3] / "data" / "samples"
