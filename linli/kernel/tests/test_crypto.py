"""Both families against published vectors, against other programs, and against those who alter.

Serves: X04.
"""

import hashlib
import hmac
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.crypto import (
    GM,
    INTL,
    SUITES,
    Ed25519Signer,
    SealBroken,
    Signer,
    Sm2Signer,
    bound_to,
    derived_key,
    suite_named,
)
from linli.kernel.errors import Rejected

BOTH = pytest.mark.parametrize("suite", SUITES.values(), ids=list(SUITES))
KEY = bytes(range(32))
PLACE = bound_to("table", "row", "field")


def hexed(*parts: str) -> bytes:
    return bytes.fromhex("".join(parts))


def test_aes_256_gcm_opens_the_vector_of_its_authors():
    """McGrew and Viega, The Galois/Counter Mode of Operation, test case 16."""
    key = hexed("feffe9928665731c6d6a8f9467308308" * 2)
    plain = hexed(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72",
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
    )
    sealed = hexed(
        "cafebabefacedbaddecaf888",
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa",
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
        "76fc6ece0f4e1768cddf8853bb2d551b",
    )

    assert INTL.open(key, sealed, bound=hexed("feedfacedeadbeeffeedfacedeadbeefabaddad2")) == plain


def test_sm4_gcm_opens_the_vector_of_its_standard():
    """RFC 8998, A.1."""
    plain = b"".join(bytes([sign]) * 8 for sign in (0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0xEE, 0xAA))
    sealed = hexed(
        "00001234567800000000abcd",
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735",
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d",
        "83de3541e4c2b58177e065a9bf7b62ec",
    )

    opened = GM.open(
        hexed("0123456789abcdeffedcba9876543210"),
        sealed,
        bound=hexed("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
    )

    assert opened == plain


def test_digests_are_those_of_their_standards():
    """FIPS 180-4 and GB/T 32905-2016, A.1: the three letters abc."""
    assert INTL.digest(b"abc").hex() == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
    assert GM.digest(b"abc").hex() == (
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )


def test_hmac_sha_256_is_that_of_rfc_4231():
    """RFC 4231, test case 2."""
    assert INTL.mac(b"Jefe", b"what do ya want for nothing?").hex() == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


@given(st.binary(max_size=200), st.binary(max_size=300))
def test_hmac_sm3_is_what_its_definition_says(key, data):
    """RFC 2104 written out: H((K ⊕ opad) ‖ H((K ⊕ ipad) ‖ text)), blocks of 64 bytes."""
    padded = (GM.digest(key) if len(key) > 64 else key).ljust(64, b"\0")
    inner = GM.digest(bytes(byte ^ 0x36 for byte in padded) + data)

    assert GM.mac(key, data) == GM.digest(bytes(byte ^ 0x5C for byte in padded) + inner)


@pytest.mark.skipif("sm3" not in hashlib.algorithms_available, reason="OpenSSL without SM3")
@given(st.binary(max_size=300))
def test_sm3_of_two_programs_is_the_same(data):
    assert GM.digest(data) == hashlib.new("sm3", data).digest()
    assert GM.mac(KEY, data) == hmac.digest(KEY, data, "sm3")


def test_ed25519_signs_as_rfc_8032_has_it():
    """RFC 8032, 7.1, test 2."""
    signer = Ed25519Signer(
        hexed("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    )

    assert signer.public_key.hex() == (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    )
    assert signer.sign(hexed("72")).hex() == (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )


SM2_PRIVATE = "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"
SM2_SIGNATURE = (
    "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
    "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
)


def test_sm2_verifies_the_signature_of_its_standard():
    """GB/T 32918.5-2017, A.2."""
    pytest.importorskip("gmssl")
    signer = Sm2Signer(hexed(SM2_PRIVATE))

    assert signer.public_key.hex() == (
        "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
        "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
    )
    assert signer.verify(b"message digest", hexed(SM2_SIGNATURE))
    assert not signer.verify(b"message digesT", hexed(SM2_SIGNATURE))


@pytest.mark.parametrize("name", ["ed25519", "sm2"])
def test_a_signature_holds_for_its_words_and_key_alone(name):
    if name == "sm2":
        pytest.importorskip("gmssl")
    make: Callable[[bytes], Signer] = Ed25519Signer if name == "ed25519" else Sm2Signer
    ours, theirs = make(KEY), make(KEY[::-1])

    signature = ours.sign(b"seal")

    assert len(signature) == 64
    assert ours.verify(b"seal", signature)
    assert not ours.verify(b"meal", signature)
    assert not theirs.verify(b"seal", signature)
    assert not ours.verify(b"seal", bytes(64))
    assert not ours.verify(b"seal", signature[:32])


def test_sm2_keys_whose_point_begins_with_zeros_and_fours_sign_as_others_do():
    pytest.importorskip("gmssl")
    signers = (Sm2Signer(number.to_bytes(32)) for number in range(2, 200))
    odd = [signer for signer in signers if signer.public_key.hex()[0] in "04"][:2]

    assert len(odd) == 2
    assert all(one.verify(b"seal", one.sign(b"seal")) for one in odd)


@BOTH
@given(st.binary(max_size=200), st.binary(max_size=50))
def test_what_was_sealed_opens(suite, plain, bound):
    key = derived_key(suite, KEY, "test")

    assert suite.open(key, suite.seal(key, plain, bound=bound), bound=bound) == plain


@BOTH
def test_one_flipped_bit_anywhere_keeps_it_shut(suite):
    key = derived_key(suite, KEY, "test")
    sealed = suite.seal(key, "林小满 13800001234".encode(), bound=PLACE)

    for place in range(len(sealed) * 8):
        altered = bytearray(sealed)
        altered[place // 8] ^= 1 << place % 8
        with pytest.raises(SealBroken):
            suite.open(key, bytes(altered), bound=PLACE)


@BOTH
@pytest.mark.parametrize("cut", [0, 1, 12, 27])
def test_what_is_cut_short_stays_shut(suite, cut):
    key = derived_key(suite, KEY, "test")
    with pytest.raises(SealBroken):
        suite.open(key, suite.seal(key, b"", bound=PLACE)[:cut], bound=PLACE)


@BOTH
def test_another_place_or_key_does_not_open_it(suite):
    key = derived_key(suite, KEY, "test")
    sealed = suite.seal(key, b"plain", bound=PLACE)

    with pytest.raises(SealBroken):
        suite.open(key, sealed, bound=bound_to("table", "other row", "field"))
    with pytest.raises(SealBroken):
        suite.open(derived_key(suite, KEY, "other purpose"), sealed, bound=PLACE)


@BOTH
def test_the_same_words_are_sealed_differently_each_time(suite):
    key = derived_key(suite, KEY, "test")

    assert len({suite.seal(key, b"plain", bound=PLACE) for _ in range(100)}) == 100


def test_places_that_could_read_alike_are_refused():
    with pytest.raises(ValueError, match="U\\+001F"):
        bound_to("table", "row\x1ffield")


def test_an_unknown_family_is_refused_by_name():
    assert suite_named("gm") is GM
    with pytest.raises(Rejected, match="rot13"):
        suite_named("rot13")
