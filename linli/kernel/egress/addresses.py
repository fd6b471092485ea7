"""Which addresses belong to machines that everybody may call.

After the special-purpose address registries of IANA (RFC 6890 and its updates), read as: what is
not plainly public is not. The standard library's `is_global` differs between Python versions.
"""

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_NOT_PUBLIC = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8",  # this network (RFC 791)
        "10.0.0.0/8",  # private (RFC 1918)
        "100.64.0.0/10",  # carriers' (RFC 6598); holds some clouds' metadata
        "127.0.0.0/8",  # this machine (RFC 1122)
        "168.63.129.16/32",  # the host of a cloud's machines, though a public number
        "169.254.0.0/16",  # this link (RFC 3927); holds most clouds' metadata
        "172.16.0.0/12",  # private (RFC 1918)
        "192.0.0.0/24",  # protocols (RFC 6890)
        "192.0.2.0/24",  # documentation (RFC 5737)
        "192.31.196.0/24",  # AS112 (RFC 7535)
        "192.52.193.0/24",  # AMT (RFC 7450)
        "192.88.99.0/24",  # 6to4 relays (RFC 7526)
        "192.168.0.0/16",  # private (RFC 1918)
        "192.175.48.0/24",  # AS112 (RFC 7534)
        "198.18.0.0/15",  # benchmarks (RFC 2544)
        "198.51.100.0/24",  # documentation (RFC 5737)
        "203.0.113.0/24",  # documentation (RFC 5737)
        "224.0.0.0/4",  # groups (RFC 5771)
        "240.0.0.0/4",  # reserved, and everybody (RFC 1112)
        # Of the sixth version only 2000::/3 is given out; inside it:
        "2001::/23",  # protocols, Teredo among them (RFC 4380)
        "2001:db8::/32",  # documentation (RFC 3849)
        "2002::/16",  # 6to4: carries an address of the fourth version (RFC 3056)
        "2620:4f:8000::/48",  # AS112 (RFC 7534)
        "3fff::/20",  # documentation (RFC 9637)
    )
)
_GIVEN_OUT = ipaddress.ip_network("2000::/3")
# Never anybody's office network, so never to be listed as one.
_NEVER = tuple(
    ipaddress.ip_network(text)
    for text in (
        *("0.0.0.0/8", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "224.0.0.0/3"),
        *("100.100.100.200/32", "::/8", "fe80::/10", "fd00:ec2::/32", "ff00::/8"),
        "2002::/16",
    )
)


def is_public(address: Address) -> bool:
    """Return whether an address is a machine's that everybody may call."""
    if isinstance(address, ipaddress.IPv6Address) and (
        address.scope_id or address not in _GIVEN_OUT or _carries_another(address)
    ):
        return False
    return not any(address.version == net.version and address in net for net in _NOT_PUBLIC)


def is_inside(address: Address, network: Network) -> bool:
    """Return whether an address lies in a network listed as the office's own."""
    if address.version != network.version or is_never(address):
        return False
    return address in network


def is_never(address: Address) -> bool:
    """Return whether an address is one of this machine, this link, a group, or a cloud's own."""
    if isinstance(address, ipaddress.IPv6Address) and address.scope_id:
        return True
    return any(address.version == net.version and address in net for net in _NEVER)


def _carries_another(address: ipaddress.IPv6Address) -> bool:
    """Whether a router may take out an address of the fourth version (ISATAP, RFC 5214)."""
    return (int(address) >> 32) & 0xFCFFFFFF == 0x00005EFE
