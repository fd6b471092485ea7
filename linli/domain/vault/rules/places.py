"""Where sealed things lie, as bytes that they are bound to: moved elsewhere, they stay shut."""

from linli.kernel.crypto import bound_to


def place_of_data_key(subject: str) -> bytes:
    """Return the place of a case's wrapped key."""
    return bound_to("vault_datakey", subject, "wrapped")


def place_of_field(subject: str, field: str) -> bytes:
    """Return the place of a sealed value: its table, whose it is, which field."""
    return bound_to("vault_sealedfield", subject, field)


def place_of_purpose_key(purpose: str) -> bytes:
    """Return the place of a purpose's wrapped key."""
    return bound_to("vault_purposekey", purpose, "wrapped")


def place_of_secret(purpose: str) -> bytes:
    """Return the place of a secret that is kept elsewhere under a purpose's key."""
    return bound_to("secret", purpose)
