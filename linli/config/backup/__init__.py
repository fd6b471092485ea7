"""Backups that were read back before they count, and the way home from them.

A backup folder holds `sets/` (each a full or incremental copy with a sealed manifest), `wal/` (the
server's log, seconds behind), `files/` (what changed in LINLI_HOME since a set) and `head.json`
(how far log and files reach). All but the manifests is encrypted; the key lies elsewhere.

Serves: X05.
"""
