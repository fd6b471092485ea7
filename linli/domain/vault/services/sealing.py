"""What a person gave is sealed, field by field, under the key of the case.

Serves: X02 R109.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from linli.domain.vault.models import BlindIndex, DataKey, SealedField
from linli.domain.vault.rules.places import place_of_field
from linli.domain.vault.rules.purposes import lookups_over
from linli.domain.vault.selectors.keys import OpenKey, opened
from linli.domain.vault.services.keys import make_data_keys, purpose_key


@dataclass(frozen=True)
class Person:
    """What is known of whoever stands behind a case; never printed.

    Parameters
    ----------
    subject : public id of the case.
    fields : values by field; an empty one takes away what was there.
    """

    subject: str
    fields: Mapping[str, str] = field(repr=False)


def seal_person(ref: str, fields: Mapping[str, str], *, at: datetime) -> None:
    """Seal values about the person behind a case, in place of earlier ones of the same fields.

    Records nothing: what it belongs to is a fact of the caller's. Raises PersonErased, KeyMissing,
    KeyChanged.
    """
    seal_many([Person(ref, fields)], at=at)


@transaction.atomic
def seal_many(people: Sequence[Person], *, at: datetime) -> None:
    """Seal values about the persons behind many cases, in a handful of statements.

    Records nothing. Raises PersonErased, KeyMissing, KeyChanged.
    """
    by_subject = {person.subject: person for person in people if person.fields}
    if not by_subject:
        return
    rows = DataKey.objects.select_for_update().filter(subject__in=by_subject).order_by("id")
    known = {row.subject: (row, opened(row)) for row in rows}
    _take_away([(known[subject][0], by_subject[subject]) for subject in known])
    named = [s for s, one in by_subject.items() if s not in known and any(one.fields.values())]
    keys = {**known, **make_data_keys(named, at=at)}
    pairs = [(by_subject[subject], *pair) for subject, pair in keys.items()]
    SealedField.objects.bulk_create(
        _sealed(key, secret, name, value)
        for person, key, secret in pairs
        for name, value in person.fields.items()
        if value
    )
    BlindIndex.objects.bulk_create(_digests(pairs, at=at))


def _take_away(pairs: Iterable[tuple[DataKey, Person]]) -> None:
    """Delete what is to be replaced; a person who is new to the vault costs nothing here."""
    for key, person in pairs:
        key.fields.filter(field__in=person.fields).delete()
        purposes = [purpose for name in person.fields for purpose, _ in lookups_over(name)]
        key.digests.filter(purpose__in=purposes).delete()


def _sealed(key: DataKey, secret: OpenKey, name: str, value: str) -> SealedField:
    bound = place_of_field(key.subject, name)
    sealed = secret.suite.seal(secret.key, value.encode(), bound=bound)
    return SealedField(key=key, field=name, sealed=sealed)


def _digests(pairs: Sequence[tuple[Person, DataKey, OpenKey]], *, at: datetime) -> list[BlindIndex]:
    values = [
        (key, purpose, lookup.same(value))
        for person, key, _ in pairs
        for name, value in person.fields.items()
        for purpose, lookup in lookups_over(name)
    ]
    secrets = {purpose: purpose_key(purpose, at=at) for purpose in {one[1] for one in values}}
    return [
        BlindIndex(
            purpose=purpose,
            digest=secrets[purpose].suite.mac(secrets[purpose].key, same.encode()),
            key=key,
        )
        for key, purpose, same in values
        if same
    ]
