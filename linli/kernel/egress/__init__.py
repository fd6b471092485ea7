"""The one door through which Linli calls other machines; nothing else opens a connection.

A call goes to a host that the installation has listed, by https, to an address that is public or
lies in the network listed with the host. The name is resolved once and the connection goes to the
address that was looked at, so a name server that changes its mind gains nothing.
"""

from linli.kernel.egress.addresses import is_public
from linli.kernel.egress.policy import EgressRefused, Listed, Policy, Target, listed_of
from linli.kernel.egress.session import MOST_ANSWER, EgressError, Session, Wires, egress_session

__all__ = [
    "MOST_ANSWER",
    "EgressError",
    "EgressRefused",
    "Listed",
    "Policy",
    "Session",
    "Target",
    "Wires",
    "egress_session",
    "is_public",
    "listed_of",
]
