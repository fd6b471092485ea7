"""One lane of the bench of bad requests: deals people, targets and payloads, and sends."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar

from linli.api.root import api
from linli.config.bench._requests_bodies import Described
from linli.config.bench._requests_forms import Filler, encoded, in_other_words, with_files
from linli.config.bench._requests_payloads import MARK, Payload, payloads
from linli.config.bench._requests_reading import Form
from linli.config.bench._requests_sender import JSON, Came, Sender, Shot, key_of, quoted
from linli.config.bench._requests_stage import RESIDENT, STRANGER, Stage
from linli.config.bench._requests_targets import Target, filling, insiders, odd_targets, targets
from linli.domain.access.selectors import user_by_name

SLOW_S = 2.0
ODD_ONE = 0.07  # of the requests come by a method that the route does not have
INSIDER = 0.75  # are sent by somebody who is let in there
OFFERED = 0.6  # of the acts on a case are among those that its page offers
HOMES: Mapping[str, tuple[str, ...]] = {
    RESIDENT: ("/track/", "/report/what/", "/figures/"),
    STRANGER: ("/", "/accounts/login/"),
}
AT_THE_DESK = ("/desk/", "/desk/cases/", "/-/users/")
HEADERS = (
    *("Accept-Language", "Accept", "Accept-Encoding", "Cookie", "Host", "Referer", "Origin"),
    *("User-Agent", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Authorization"),
    *("HX-Request", "HX-Target", "HX-Current-URL", "HX-Trigger", "HX-Boosted", "If-Match"),
    *("If-Modified-Since", "If-None-Match", "Range", "Idempotency-Key", "Content-Type"),
    *("X-HTTP-Method-Override", "X-Requested-With", "X-CSRFToken", "Content-Encoding", "X-Real-IP"),
)
QUERIES = (
    *("area", "matter", "level", "period", "since", "until", "show", "page", "q", "status", "due"),
    *("stage", "unit", "urgency", "channel", "by", "kind", "next", "name", "user", "check", "to"),
    *("number", "case", "ref", "day", "key", "code", "state", "door", "year", "month", "sort"),
)
One = TypeVar("One")


@dataclass
class Part:
    """What came of some requests."""

    tried: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    told: dict[str, str] = field(default_factory=dict)
    statuses: Counter[str] = field(default_factory=Counter)
    named: set[str] = field(default_factory=set)
    written: set[Payload] = field(default_factory=set)
    echoed: int = 0
    taken: int = 0
    slowest: float = 0.0

    def take(self, other: "Part") -> None:
        """Add what came of others."""
        self.tried += other.tried
        self.failed += other.failed
        self.told = {**other.told, **self.told}
        self.statuses += other.statuses
        self.named |= other.named
        self.written |= other.written
        self.echoed += other.echoed
        self.taken += other.taken
        self.slowest = max(self.slowest, other.slowest)


class Lane:
    """Sends requests one after another; what is sent hangs on the seed and what comes back."""

    def __init__(self, *, seed: int, number: int) -> None:
        self.chance = Random(f"{seed} {number}")  # noqa: S311  # repeatable on purpose
        self.described = Described(api.get_openapi_schema(), self.chance)
        self.targets, self.payloads = self._dealt(targets()), self._dealt(payloads())
        self.odd = self._dealt(odd_targets())
        self.by_key = {one.key: one for one in targets() if one.method == "POST"}
        self.keys = ["bench-of-requests"]
        self.forms: dict[str, Form] = {}
        self.part = Part()

    def run(self, count: int, stage: Stage) -> Part:
        """Send so many requests at least on a stage; returns what came of these."""
        self.stage, self.part = stage, Part()
        self.filler = Filler(self.chance, stage.cases)
        self.senders: dict[str, Sender] = {}
        people = self._dealt((*stage.people, RESIDENT, STRANGER))
        while self.part.tried < count:
            is_odd = self.chance.random() < ODD_ONE
            target = next(self.odd if is_odd else self.targets)
            inside = insiders(target)
            is_insider = inside and self.chance.random() < INSIDER
            who = self.chance.choice(inside) if is_insider else next(people)
            self.one(self._sender(who), target, next(self.payloads))
        return self.part

    def one(self, sender: Sender, target: Target, payload: Payload) -> None:
        """Send one bad request, and what must be asked before it."""
        self.part.named.add(target.name)
        self.part.written.add(payload)
        ways, weights = zip(*self._ways(target), strict=True)
        self.chance.choices(ways, weights)[0](sender, target, payload)

    def _ways(self, target: Target) -> list[tuple[Callable[..., None], int]]:
        in_place = [(self._in_place, 4)] if target.places else []
        if target.method == "POST":
            main = self._as_json if target.is_api else self._as_form
            return [(main, 14), (self._in_header, 3), (self._in_query, 1), *in_place]
        return [(self._in_query, 9), (self._in_header, 4), (self._calmly, 3), *in_place]

    def _sender(self, who: str) -> Sender:
        if who not in self.senders:
            name = self.stage.people.get(who)
            user = user_by_name(name) if name else None
            self.senders[who] = sender = Sender(who, user)
            for home in HOMES.get(who, AT_THE_DESK):
                self._send(sender, Shot("GET", home))
            if who == RESIDENT:
                code = self.chance.choice(self.stage.cases).receipt
                self._send(sender, Shot("POST", "/track/", *encoded([("code", code)])))
        return self.senders[who]

    def _calmly(self, sender: Sender, target: Target, _: Payload) -> None:
        self._send(sender, self._shot(sender, target))

    def _in_query(self, sender: Sender, target: Target, payload: Payload) -> None:
        path, method = f"/{target.pattern.lstrip('/')}", target.method
        said = self.described.queries(path.replace("<", "{").replace(">", "}"), method)
        names = self.chance.sample(QUERIES, k=3) + [self.chance.choice(said or QUERIES)]
        query = "&".join(f"{name}={quoted(payload.text)}" for name in names)
        self._send(sender, self._shot(sender, target, query=query))

    def _in_header(self, sender: Sender, target: Target, payload: Payload) -> None:
        text = payload.text if self.chance.random() < 0.8 else quoted(payload.text)
        headers = dict.fromkeys(self.chance.sample(HEADERS, k=self.chance.randint(1, 2)), text)
        self._send(sender, self._shot(sender, target, headers=headers))

    def _in_place(self, sender: Sender, target: Target, payload: Payload) -> None:
        values = filling(target, self.stage, self.chance)
        values[self.chance.choice(target.places)] = payload.text
        self._send(sender, self._shot(sender, target, path=target.address(values)))

    def _as_json(self, sender: Sender, target: Target, payload: Payload) -> None:
        path = target.pattern.replace("<", "{").replace(">", "}")
        schema = self.described.schema(path, target.method) or {}
        body = self.described.body(schema, payload)
        headers = {"Idempotency-Key": self._key(payload)}
        self._send(sender, self._shot(sender, target, body=(body, JSON), headers=headers))

    def _key(self, payload: Payload) -> str:
        """Return a key for a command: mostly a new one, else one used before, or a bad one."""
        turn = self.chance.random()
        if turn < 0.2:
            return payload.text
        if turn < 0.4:
            return self.chance.choice(self.keys)
        self.keys.append(f"bench-{self.chance.getrandbits(64):x}")
        return self.keys[-1]

    def _as_form(self, sender: Sender, target: Target, payload: Payload) -> None:
        """Fill in the form that the page offers, or one it offered before, or one made up."""
        if target.act and sender.user and self.chance.random() < OFFERED:
            target = self._offered(sender) or target
        known = sender.forms[target.key]
        path = self._path(sender, target)
        if not known or self.chance.random() < 0.5:
            self._send(sender, Shot("GET", path))
        if known:
            action, form = known[-1]
            self.forms[target.key] = form
        elif target.key in self.forms:
            action, form = path, self.forms[target.key]
        else:
            body = encoded([(name, payload.text) for name in self.chance.sample(QUERIES, k=3)])
            self._send(sender, self._shot(sender, target, path=path, body=body))
            return
        pairs = self.filler.spoilt(self.filler.filled(form), form, payload)
        files = [place.name for place in form.fields.values() if place.kind == "file"]
        if files:
            body = with_files(pairs, files, payload, self.chance)
        elif self.chance.random() < 0.05:
            body = in_other_words(pairs, self.chance)
        else:
            body = encoded(pairs)
        came = self._send(sender, Shot("POST", action, *body))
        part = self.part
        if came.status == 302 and not came.is_sent_to_sign_in:
            part.taken += 1
            if self.chance.random() < 0.2 and (shown := sender.addresses["desk:case"]):
                self._send(sender, Shot("GET", self.chance.choice(shown)))

    def _offered(self, sender: Sender) -> Target | None:
        """Open a case, and return an act that its page offers."""
        ref = self.chance.choice(self.stage.cases).ref
        known = [f"/desk/cases/{ref}/", *list(sender.addresses["desk:case"])[-5:]]
        came = self._send(sender, Shot("GET", self.chance.choice(known)))
        offers = [key_of(link) for link in (came.page.links if came.page else ())]
        acts = [key for key in offers if key.startswith("desk:act ") and key in self.by_key]
        return self.by_key[self.chance.choice(acts)] if acts else None

    def _shot(
        self,
        sender: Sender,
        target: Target,
        *,
        path: str = "",
        query: str = "",
        body: tuple[bytes, str] = (b"", ""),
        headers: Mapping[str, str] = {},
    ) -> Shot:
        path = path or self._path(sender, target)
        key = sender.keys.get(target.row.scope, "")
        told = {"Authorization": f"Bearer {key}"} if key else {}
        joined = f"{path}{'&' if '?' in path else '?'}{query}" if query else path
        return Shot(target.method, joined, *body, headers={**told, **headers})

    def _path(self, sender: Sender, target: Target) -> str:
        """Return an address that the person was shown, or one that is there for somebody."""
        shown = sender.addresses[target.key]
        if shown and self.chance.random() < 0.6:
            return self.chance.choice(shown)
        return target.address(filling(target, self.stage, self.chance))

    def _send(self, sender: Sender, shot: Shot) -> Came:
        came = sender.send(shot)
        part, kind = self.part, sender.who
        part.taken += came.status == 201
        part.tried += 1
        part.slowest = max(part.slowest, came.seconds)
        part.statuses[f"{shot.method} {came.status}"] += 1
        part.echoed += MARK.encode() in came.body
        faults = [*came.faults, *([f"slow: {came.seconds:.1f} s"] if came.seconds > SLOW_S else [])]
        for fault in faults:
            part.failed[fault.partition(":")[0]] += 1
            sent = f"{kind} {shot.method} {shot.path[:200]} {dict(shot.headers)!s:.200}"
            part.told.setdefault(_same(fault), f"{fault} <- {sent} {shot.body[:300]!r}")
        return came

    def _dealt(self, cards: Iterable[One]) -> Iterator[One]:
        """Deal cards for ever, each once before any comes again."""
        deck: Sequence[Any] = list(cards)
        while True:
            yield from self.chance.sample(deck, k=len(deck))


def _same(fault: str) -> str:
    """Return what is alike in faults that are one."""
    return fault.partition(" at ")[2].partition(": ")[0] or fault[:60]
