"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class StaffPasswordHasher(Argon2PasswordHasher):
    """Argon2id with 46 MiB, one pass, one lane.

    The first of the settings that OWASP's password storage sheet holds equal in strength; one
    lane, because a sign-in must not take both cores from the pages.
    """

    time_cost = 1
    memory_cost = 46 * 1024
    parallelism = 1
