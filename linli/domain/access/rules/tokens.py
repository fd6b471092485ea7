"""What is kept of a key."""

import hashlib


def digest_of(secret: str) -> str:
    """Return what is stored of a key: 256 random bits need no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()
