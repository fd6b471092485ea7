"""Says one demand the way people do: greeting, place, matter, effect, wish, and slips."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from linli.town.geography import CROSSING, ESTATE, ROAD, Geography, Spot
from linli.town.phrases import amount, say
from linli.town.slips import reword, slip

SLOT = re.compile(r"\{(\w+)\}")
KEPT = frozenset(["b", "shop", "store", "gym", "firm", "school", "n", "money", "fee", "months"])
"""Slots for who, what and how much: the same for everyone who reports the same."""
WRONGS = frozenset({"complaint", "help", "violation_report"})
STRONG_THEN_WEAK = re.compile("([！？!?。])[，。]+")
ESTATE_WORD = re.compile("[苑园府湾庭城邸]$")
ASKS = {"inquiry": "inquiry_asks", "suggestion": "suggestion_asks"}
THIRD_PERSON = (("我们小区", "所在小区"), ("我们", "其"), ("我家", "其家"), ("我", "其"))
SHARES = {
    "effect": 0.5,
    "ask": 0.72,
    "clerk": 0.62,
    "identity": 0.3,
    "second": 0.1,
    "third_person": 0.5,
    "greeting": 0.4,
    "thanks": 0.3,
    "extra": 0.12,
    "doubt": 0.09,
}


@dataclass(frozen=True)
class Draft:
    """What is to be said, before anyone has said it.

    `sentence` is the one of `texts` that is said; `details` fixes slots (which building, which
    shop); `again` marks a person who comes back; `others` asks for other words than those of
    the first report.
    """

    subject: str
    sentence: str
    texts: tuple[str, ...]
    effects: tuple[str, ...]
    asks: tuple[str, ...]
    hours: str
    spot: Spot
    petition_type: str
    channel: str
    details: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    again: bool = False
    others: bool = False


@dataclass(frozen=True)
class Wording:
    """Title and body as received."""

    title: str
    body: str


class Speaker:
    """Puts drafts into words; knows the ground for names of neighbouring places."""

    def __init__(self, geography: Geography, managers: Mapping[str, str]) -> None:
        self._managers = managers
        self._names = {area.code: area.name for area in geography.areas}
        self._named: dict[str, list[str]] = {}
        self._schools: dict[str, list[str]] = {}
        for spot in geography.spots:
            if spot.kind not in (ROAD, CROSSING):
                self._named.setdefault(spot.grid_code, []).append(spot.name)
            if spot.kind == "school":
                self._schools.setdefault(spot.community_code, []).append(spot.name)

    def details(self, draft: Draft, rng: Random) -> dict[str, str]:
        """Fix what the demand is about, so that others can report the very same."""
        return {slot: self._slot(slot, draft, rng) for slot in sorted(KEPT)}

    def compose(self, draft: Draft, rng: Random) -> Wording:
        """Return title and body of the draft."""
        core, seen = self._core(draft, rng)
        title = self._fill(say(rng, "titles"), draft, rng)
        if draft.others:
            core = reword(core, rng)
        text = self._with_feeling(core, draft, rng)
        ask = self._ask(draft, rng)
        body = self._by_channel(text, ask, draft, rng, place_said=seen)
        return Wording(slip(title, rng), slip(tidy(body), rng))

    def place(self, draft: Draft, rng: Random) -> str:
        """Name the place as one does: bare, with its community, its road, or what is near."""
        spot = draft.spot
        if draft.names:
            return rng.choice(draft.names)
        if spot.kind == ROAD:
            return self._road(spot, rng)
        if spot.kind == CROSSING:
            return spot.name if rng.random() < 0.6 else spot.name.replace("路口", "交叉口")
        roll = rng.random()
        if roll < 0.15 and spot.kind == ESTATE and ESTATE_WORD.search(spot.name):
            return f"{spot.name}小区"
        if roll < 0.3:
            return f"{self._names[spot.community_code]}{spot.name}"
        return spot.name

    def _road(self, spot: Spot, rng: Random) -> str:
        near = rng.choice(self._named[spot.grid_code])
        number = spot.address.rpartition(spot.name)[2]
        shapes = (
            f"{spot.name}{number}附近",
            f"{spot.name}靠近{near}这一段",
            f"{spot.name}{near}门口",
            f"{near}旁边的{spot.name}",
        )
        return rng.choice(shapes)

    def _core(self, draft: Draft, rng: Random) -> tuple[str, bool]:
        """Return the sentence itself, and whether it names the place."""
        pattern = draft.sentence
        seen = "{p}" in pattern
        core = self._fill(pattern, draft, rng)
        more = draft.petition_type == "complaint" and not draft.details and len(draft.texts) > 1
        if more and rng.random() < SHARES["second"]:
            other = rng.choice([text for text in draft.texts if text != pattern])
            core = f"{core}。另外，{self._fill(other.replace('{p}', '这里'), draft, rng)}"
        return core, seen

    def _fill(self, pattern: str, draft: Draft, rng: Random) -> str:
        return SLOT.sub(lambda found: self._slot(found[1], draft, rng), pattern)

    def _slot(self, slot: str, draft: Draft, rng: Random) -> str:
        if slot in draft.details:
            return draft.details[slot]
        if slot == "p":
            return self.place(draft, rng)
        if slot == "subject":
            return draft.subject
        if slot == "pm":
            return self._managers.get(draft.spot.community_code, "物业")
        if slot == "school":
            near = self._schools.get(draft.spot.community_code)
            return rng.choice(near) if near else "翠屏第一小学"
        return amount(rng, slot, hours=draft.hours)

    def _with_feeling(self, core: str, draft: Draft, rng: Random) -> str:
        if draft.petition_type not in WRONGS:
            return core
        text = core
        if rng.random() < SHARES["effect"]:
            effect = self._fill(rng.choice(draft.effects), draft, rng)
            text = say(rng, "joins").replace("{text}", text).replace("{effect}", effect)
        if rng.random() < SHARES["extra"]:
            text = f"{text}，{say(rng, 'extras')}"
        if rng.random() < SHARES["doubt"]:
            text = f"{text}，{say(rng, 'doubts')}"
        return text

    def _ask(self, draft: Draft, rng: Random) -> str:
        if draft.petition_type == "praise" or rng.random() > SHARES["ask"]:
            return ""
        block = ASKS.get(draft.petition_type)
        return say(rng, block) if block else self._fill(rng.choice(draft.asks), draft, rng)

    def _by_channel(
        self, text: str, ask: str, draft: Draft, rng: Random, *, place_said: bool
    ) -> str:
        """Write it as a clerk, a grid worker or the person would."""
        text = text.rstrip("，。")
        if not place_said and rng.random() < SHARES["identity"] * 2:
            text = self._fill(say(rng, "identities"), draft, rng) + text
        if draft.again:
            text = say(rng, "again") + text
        if draft.channel == "grid":
            return say(rng, "grid_worker").replace("{text}", text) + "。"
        if draft.channel == "hotline" and rng.random() < SHARES["clerk"]:
            wish = ask or say(rng, "plain_asks")
            if rng.random() < SHARES["third_person"]:
                text = third_person(text)
            return say(rng, "clerk").replace("{text}", text).replace("{ask}", wish)
        return self._own_words(text, ask, draft, rng, introduce=place_said)

    def _own_words(self, text: str, ask: str, draft: Draft, rng: Random, *, introduce: bool) -> str:
        if introduce and draft.spot.kind == ESTATE and rng.random() < SHARES["identity"]:
            text = self._fill(say(rng, "identities"), draft, rng) + text
        if rng.random() < SHARES["greeting"]:
            text = say(rng, "greetings") + text
        text = say(rng, "plain_ends").replace("{text}", text)
        if ask:
            text = f"{text}{'' if text[-1] in '。！，' else '，'}{ask}。"
        if rng.random() < SHARES["thanks"]:
            text += say(rng, "thanks")
        return text.rstrip("，")


def tidy(text: str) -> str:
    """Keep the stronger of two marks that meet."""
    return STRONG_THEN_WEAK.sub(r"\1", text)


def third_person(text: str) -> str:
    """Turn what a caller says into what a clerk writes down."""
    for own, told in THIRD_PERSON:
        text = text.replace(own, told)
    return text
