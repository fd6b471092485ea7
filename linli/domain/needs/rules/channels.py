"""The ways by which a message can reach the office."""

from typing import Literal, get_args

Channel = Literal[
    "hotline",
    "phone",
    "window",
    "visit",
    "letter",
    "grid",
    "web",
    "wechat",
    "app",
    "mayor_mailbox",
    "superior",
    "media",
    "import",
    "api",
    "other",
]
CHANNELS: tuple[str, ...] = get_args(Channel)
