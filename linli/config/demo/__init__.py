"""The main job, played without a browser: a file of messages in, read, dispatched, summed up."""
