"""Public verbs of needs."""

from linli.domain.needs.rules.intake import NewMessage
from linli.domain.needs.services.deciding import decide_reading
from linli.domain.needs.services.receiving import Received, receive_message
from linli.domain.needs.services.training import train_reader

__all__ = ["NewMessage", "Received", "decide_reading", "receive_message", "train_reader"]
