"""The tables that analytics read: counts by place, matter, unit, channel and time; no persons."""

from typing import ClassVar

from django.db import models


class DailyCount(models.Model):
    """How many cases came in and were closed on a day, of one place, matter, unit and channel.

    `area_path` is of a community or of what lies above one, never of a grid. Codes and no foreign
    keys: nothing can be reached from here.
    """

    day = models.DateField()
    area_path = models.CharField(max_length=200, db_collation="C")
    matter_code = models.CharField(max_length=128, db_collation="C")
    unit_code = models.CharField(max_length=128, db_collation="C", blank=True)
    channel = models.CharField(max_length=32, db_collation="C")
    received = models.PositiveIntegerField()
    closed = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["day", "area_path", "matter_code", "unit_code", "channel"],
                name="daily_count_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.area_path} {self.matter_code}"
