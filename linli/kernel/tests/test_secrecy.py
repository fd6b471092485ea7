import pytest

from linli.kernel.secrecy import secret_mark


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("绝密★30年", "绝密★30年"),
        ("机密★长期\n关于工程", "机密★长期"),
        ("秘密★", "秘密★"),
        ("文件首页：机 密 ★ 十年", "机密★十年"),
        ("秘密＊５年", "秘密*5年"),
        ("绝密★启用前", "绝密★启用前"),
        ("密级：机密", "机密"),
        ("密级 秘密", "秘密"),
        ("【机密】情况反映", "机密"),
        ("  秘密\n某单位情况", "秘密"),
        ("绝密文件第12号转发如下", "绝密文件"),
        ("机密级会议纪要〔2024〕3号", "机密级会议纪要"),
    ],
)
def test_a_mark_of_secrecy_is_found_however_it_is_set(text, mark):
    assert secret_mark(text) == mark


@pytest.mark.parametrize(
    "text",
    [
        "这不是什么秘密，大家都知道",
        "公司偷我们的商业秘密",
        "他把机密文件丢在路边",
        "个人隐私要保密",
        "电影《秘密》在广场放映",
        "秘密地把垃圾埋了",
        "绿化密植过密，级别不够",
        "★★★★★ 好评",
    ],
)
def test_the_word_in_a_sentence_is_no_mark(text):
    assert secret_mark(text) is None
