"""Decides who reports what, where and when: planted issues, ordinary demands, repeats."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from linli.town.chance import chance_for, weighted
from linli.town.geography import Geography, Spot
from linli.town.ground import SpotFinder
from linli.town.phrases import Person, invent_person
from linli.town.planted import Issue
from linli.town.rhythm import Span, draw_channel, draw_days, moment
from linli.town.topics import Topic, read_topics
from linli.town.wording import WRONGS, Draft, Speaker

SAME_PERSON_SHARE = 0.35
OTHER_SENTENCE_SHARE = 0.2
COMES_BACK_SHARE = 0.12
OTHERS_FOLLOW_DAYS = 3.5  # mean days after which somebody else reports the same
ASKS_AGAIN_DAYS = (3, 25)
MARKS = {
    "praise": re.compile("感谢|表扬|点个?赞|想谢谢"),
    "inquiry": re.compile(
        "请问|[吗？]|怎么[办转走领查算交申报兑补]|多少|什么时候|能不能|想问|哪|是不是|要不要"
        "|算不算|要什么|有没有|没有$|还要|是什么"
    ),
    "suggestion": re.compile("建议|希望|能不能"),
}
"""How a question, a proposal and thanks are known; the rest is complaint, help or report."""


@dataclass
class Telling:
    """A demand in the making: what will be said, when, by whom, and what it repeats."""

    draft: Draft
    matter: str
    at: datetime
    reporter: Person
    issue: str = ""
    origin: "Telling | None" = None
    id: str = ""

    @property
    def same_person(self) -> bool:
        """Whether it repeats what the same person said."""
        return self.origin is not None and self.origin.reporter == self.reporter


def tell_issues(issues: Iterable[Issue], geography: Geography, *, seed: int) -> list[Telling]:
    """Return every report of every planted issue."""
    topics = {topic.matter: topic for topic in read_topics()}
    return [
        telling
        for issue in issues
        for telling in _issue(issue, topics[issue.matter], geography, seed)
    ]


def tell_ordinary(geography: Geography, *, span: Span, count: int, seed: int) -> list[Telling]:
    """Return what is reported on ordinary days, by season and by the heat of places."""
    rng = chance_for(seed, "ordinary")
    finder = SpotFinder(geography, read_topics(), rng=chance_for(seed, "spots"))
    told = []
    for day in draw_days(span, count, rng=rng):
        topic = finder.topic(day, rng)
        draft = _draft(topic, finder.spot(topic, rng), rng)
        told.append(Telling(draft, topic.matter, moment(day, rng), invent_person(rng)))
    return told


def tell_repeats(
    told: list[Telling], *, count: int, last: date, speaker: Speaker, seed: int
) -> list[Telling]:
    """Let others, or the same person again, report what was reported: the same thing, reworded.

    What an origin is about (building, shop) is fixed on it, so that both speak of one thing.
    """
    rng = chance_for(seed, "repeats")
    latest = last - timedelta(days=3)
    origins = [t for t in told if t.draft.petition_type in WRONGS and t.at.date() <= latest]
    if not origins:
        return []
    return [_repeat(rng.choice(origins), last=last, speaker=speaker, rng=rng) for _ in range(count)]


def _issue(issue: Issue, topic: Topic, geography: Geography, seed: int) -> Iterable[Telling]:
    rng = chance_for(seed, "issue", issue.key)
    people: list[Person] = []
    for day in issue.days:
        back = bool(people) and rng.random() < COMES_BACK_SHARE
        person = rng.choice(people) if back else invent_person(rng)
        people.append(person)
        sentence = rng.choice(issue.texts)
        draft = replace(
            _draft(topic, geography.spot_by_name[issue.place], rng),
            sentence=sentence,
            petition_type=weighted(rng, fitting_types(sentence, topic.types)),
            texts=issue.texts,
            hours=issue.hours,
            names=issue.names,
            again=back,
        )
        yield Telling(draft, issue.matter, moment(day, rng), person, issue=issue.key)


def _draft(topic: Topic, spot: Spot, rng: Random) -> Draft:
    sentence = rng.choice(topic.texts)
    return Draft(
        topic.subject,
        sentence,
        topic.texts,
        topic.effects,
        topic.asks,
        topic.hours,
        spot,
        weighted(rng, fitting_types(sentence, topic.types)),
        draw_channel(rng),
    )


def fitting_types(sentence: str, types: Mapping[str, float]) -> Mapping[str, float]:
    """Return the petition types that a sentence can be, among those of its topic.

    A question is an inquiry, a proposal a suggestion; what is neither is not called so, unless
    the topic knows nothing else.
    """
    for petition_type, marks in MARKS.items():
        if petition_type in types and marks.search(sentence):
            return {petition_type: 1.0}
    fitting = {kind: weight for kind, weight in types.items() if kind not in MARKS}
    return fitting or types


def _repeat(origin: Telling, *, last: date, speaker: Speaker, rng: Random) -> Telling:
    if not origin.draft.details:
        whole = origin.draft
        origin.draft = replace(whole, details=speaker.details(whole, rng))
    same = rng.random() < SAME_PERSON_SHARE
    day = _later_day(origin.at.date(), last, rng, same=same)
    at = moment(day, rng)
    if at <= origin.at:
        at = origin.at + timedelta(minutes=rng.randint(20, 240))
    draft = replace(origin.draft, channel=draw_channel(rng), again=same, others=True)
    if rng.random() < OTHER_SENTENCE_SHARE:
        draft = replace(draft, sentence=rng.choice(draft.texts))
    person = origin.reporter if same else invent_person(rng)
    return Telling(draft, origin.matter, at, person, origin=origin)


def _later_day(day: date, last: date, rng: Random, *, same: bool) -> date:
    if same:
        return min(last, day + timedelta(days=rng.randint(*ASKS_AGAIN_DAYS)))
    return min(last, day + timedelta(days=int(rng.expovariate(1 / OTHERS_FOLLOW_DAYS))))
