"""Who sent messages moves into the vault, and fingerprints come under a key.

The tables that had them in clear go in the next migration: PostgreSQL alters no table in the
transaction that still owes it checks.
"""

from collections.abc import Iterator
from itertools import islice

from django.conf import settings
from django.db import migrations
from django.utils import timezone

from linli.domain.vault.rules.places import (
    place_of_data_key,
    place_of_field,
    place_of_purpose_key,
)
from linli.domain.vault.rules.purposes import FINGERPRINT, NAME, PHONE, lookup_of
from linli.kernel.crypto import new_key, suite_named

AT_ONCE = 1000
REPEATS = "repeat_caller"


def seal_reporters(apps, schema_editor):
    """Seal every reporter under a new key of the case."""
    Reporter = apps.get_model("needs", "Reporter")
    rows = Reporter.objects.order_by("message_id").values_list(
        "message__case__public_id", "name", "phone"
    )
    vault = None
    seen = set()
    for batch in batches(rows.iterator(chunk_size=AT_ONCE)):
        vault = vault or Vault(apps)
        # A case shows whoever sent its first message.
        firsts = {ref: (ref, name, phone) for ref, name, phone in reversed(batch)}
        vault.seal(
            [row for ref, row in firsts.items() if ref not in seen and (row[1] or row[2])]
        )
        seen |= firsts.keys()


def key_fingerprints(apps, schema_editor):
    """Put the digests of what messages say under a key."""
    Message = apps.get_model("needs", "Message")
    rows = Message.objects.order_by("id").values_list("id", "fingerprint")
    mac = None
    for batch in batches(rows.iterator(chunk_size=AT_ONCE)):
        mac = mac or Vault(apps).digester(FINGERPRINT)
        keyed = [(id_, mac(print_).hex()) for id_, print_ in batch]
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                "UPDATE needs_message AS held SET fingerprint = keyed.print"
                " FROM unnest(%s::bigint[], %s::text[]) AS keyed (id, print)"
                " WHERE held.id = keyed.id",
                [[one[0] for one in keyed], [one[1] for one in keyed]],
            )


class Vault:
    """As much of the vault as these tables need, as it was when this migration was written."""

    def __init__(self, apps):
        self.apps, self.at = apps, timezone.now()
        self.keeper, self.suite = settings.LINLI_KEY_KEEPER, suite_named(settings.LINLI_CRYPTO)
        self.master = self.model("MasterKey").objects.order_by("-generation").first()
        if self.master is None:
            self.keeper.make(1, suite=self.suite.name)
            self.master = self.model("MasterKey").objects.create(
                generation=1,
                suite=self.suite.name,
                check_value=self.keeper.check_value(1),
                made_at=self.at,
            )
        self.by_phone = self.digester(REPEATS)

    def model(self, name):
        return self.apps.get_model("vault", name)

    def digester(self, purpose):
        place = place_of_purpose_key(purpose)
        row = self.model("PurposeKey").objects.filter(purpose=purpose).first()
        if row is None:
            wrapped = self.keeper.wrap(
                self.master.generation, new_key(self.suite), bound=place
            )
            row = self.model("PurposeKey").objects.create(
                purpose=purpose,
                suite=self.suite.name,
                wrapped=wrapped,
                generation=self.master,
                made_at=self.at,
            )
        key = self.keeper.unwrap(row.generation_id, bytes(row.wrapped), bound=place)
        suite = suite_named(row.suite)
        return lambda text: suite.mac(key, text.encode())

    def seal(self, rows):
        bare = {ref: new_key(self.suite) for ref, _, _ in rows}
        keys = self.model("DataKey").objects.bulk_create(
            self.model("DataKey")(
                subject=ref,
                suite=self.suite.name,
                wrapped=self.keeper.wrap(
                    self.master.generation, key, bound=place_of_data_key(ref)
                ),
                generation=self.master,
                made_at=self.at,
            )
            for ref, key in bare.items()
        )
        pairs = list(zip(keys, rows, strict=True))
        self.model("SealedField").objects.bulk_create(
            self.model("SealedField")(
                key=key,
                field=field,
                sealed=self.suite.seal(
                    bare[ref], value.encode(), bound=place_of_field(ref, field)
                ),
            )
            for key, (ref, name, phone) in pairs
            for field, value in ((NAME, name), (PHONE, phone))
            if value
        )
        same = lookup_of(REPEATS).same
        self.model("BlindIndex").objects.bulk_create(
            self.model("BlindIndex")(
                purpose=REPEATS, digest=self.by_phone(same(phone)), key=key
            )
            for key, (_, _, phone) in pairs
            if same(phone)
        )


def batches(rows) -> Iterator[list]:
    while batch := list(islice(rows, AT_ONCE)):
        yield batch


class Migration(migrations.Migration):
    dependencies = [("needs", "0001_messages"), ("vault", "0002_schema_and_grants")]

    # Back, the table is empty: what was sealed stays in the vault.
    operations = [
        migrations.RunPython(seal_reporters, migrations.RunPython.noop),
        migrations.RunPython(key_fingerprints, migrations.RunPython.noop),
    ]
