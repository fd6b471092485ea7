import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.methods.artefact import ArtefactError, digest, from_bytes, to_bytes
from linli.methods.features import blocks_of
from linli.methods.learning import Lesson, learn_classifier
from linli.methods.text import Answer, class_of

SPOKEN = {
    "road.lamp": "路灯不亮了 路口路灯坏了三天 巷子路灯一闪一闪 路灯灯杆倒了 路灯白天亮着",
    "road.hole": "路面坑洼 马路上有个大坑 路面塌陷积水 柏油路面裂开了 坑洼路面颠坏轮胎",
    "noise.site": "工地半夜打桩 工地夜间施工噪声 工地凌晨轰鸣 工地切割机太吵 工地塔吊夜里作业",
    "noise.dance": "广场舞音响太大 跳广场舞吵到孩子 广场舞放到十点 广场舞喇叭 广场舞音乐声",
    "pay": "拖欠工资半年 老板不发工资 工资拖着不给 讨要工资无果 工资少发了",
}
LESSONS = [Lesson(text, label) for label, texts in SPOKEN.items() for text in texts.split()]


@pytest.fixture(scope="module")
def learnt():
    return learn_classifier([*LESSONS, Lesson("欠薪", "pay", is_hint=True)])


def test_a_text_is_read_as_what_its_words_say(learnt):
    assert learnt.classifier.predict("我家门口的路灯又坏了")[0][0] == "road.lamp"
    assert learnt.classifier.predict("公司欠薪，工资没有发")[0][0] == "pay"


def test_the_words_that_spoke_are_words_of_the_text(learnt):
    text = "我家门口的路灯又坏了"

    words = [word for word, _ in learnt.classifier.explain(text, "road.lamp")]

    assert "路灯" in words
    assert all(word in text and len(word) > 1 for word in words)


def test_a_text_without_anything_known_gets_no_answer(learnt):
    assert learnt.classifier.read("12345 🙂 ~~") == Answer()
    assert learnt.classifier.predict("") == ()


@given(st.text(alphabet="路灯坏了工地打桩资音响舞坑，。a1 ", max_size=60))
@settings(deadline=None)
def test_probabilities_of_all_labels_sum_to_one_and_fall(learnt, text):
    ranked = learnt.classifier.predict(text, top=99)

    chances = [chance for _, chance in ranked]
    assert chances == sorted(chances, reverse=True)
    assert not chances or sum(chances) == pytest.approx(1.0)


@given(st.text(alphabet="路灯坏了工地打桩资音响舞坑，", min_size=1, max_size=30))
@settings(deadline=None)
def test_the_best_few_are_the_best_of_all(learnt, text):
    every = learnt.classifier.predict(text, top=99)

    assert learnt.classifier.predict(text, top=2) == every[:2]


def test_the_class_answer_agrees_with_the_sum_of_its_labels(learnt):
    text = "路面积水，路灯也不亮"

    name, chance = learnt.classifier.read(text).wider
    inside = sum(
        p for label, p in learnt.classifier.predict(text, top=99) if class_of(label) == name
    )

    assert inside == pytest.approx(chance)


def test_written_and_read_back_it_answers_the_same(learnt):
    artefact = to_bytes(learnt.classifier)

    again = from_bytes(artefact, sha256=digest(artefact))

    assert again.labels == learnt.classifier.labels
    for lesson in LESSONS:
        before, after = (m.predict(lesson.text)[0] for m in (learnt.classifier, again))
        assert before[0] == after[0]
        assert before[1] == pytest.approx(after[1], abs=0.02)


def test_changed_bytes_are_refused(learnt):
    artefact = to_bytes(learnt.classifier)

    with pytest.raises(ArtefactError, match="digest"):
        from_bytes(artefact + b"x", sha256=digest(artefact))


def test_learning_twice_gives_the_same_model():
    first, second = (learn_classifier(LESSONS).classifier.classes for _ in range(2))

    assert np.array_equal(first.weights, second.weights)
    assert first.temperature == second.temperature


def test_two_labels_are_enough_and_one_is_not():
    pair = [lesson for lesson in LESSONS if lesson.label in ("pay", "road.lamp")]

    answer = learn_classifier(pair).classifier.predict("老板不发工资", top=5)

    assert answer[0][0] == "pay"
    assert len(answer) == 2
    with pytest.raises(ValueError, match="two labels"):
        learn_classifier([lesson for lesson in LESSONS if lesson.label == "pay"])


def test_a_label_with_one_example_can_be_learnt():
    rare = [*LESSONS, Lesson("井盖丢失", "road.cover")]

    assert learn_classifier(rare).classifier.predict("井盖丢失了")[0][0] == "road.cover"


def test_what_was_learnt_is_judged_on_texts_left_out(learnt):
    assert 0.5 < learnt.accuracy <= learnt.class_accuracy <= 1.0


def test_figures_are_no_features():
    assert blocks_of("13800000000") == ([], [" "], [])
