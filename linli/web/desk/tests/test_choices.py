"""What the desk's lists offer has words."""

from linli.domain.needs.selectors import CHANNELS
from linli.web.desk.choices import channel_words, every_channel


def test_every_channel_by_which_a_message_can_come_has_its_words_and_is_offered():
    assert sorted(code for code, _ in every_channel()) == sorted(CHANNELS)
    assert [code for code in CHANNELS if channel_words(code) == code] == []
