"""What a page sends back is read as keys, or not at all."""

from chabaocu.sent import key, keys


def test_keys_are_read_once_each_in_order():
    assert keys(["7", "3", "7"]) == [7, 3]


def test_what_can_be_no_key_is_left():
    assert keys(["", "x", "-1", "1.5", "４", "²", " 2", "9" * 19, "9" * 18]) == [10**18 - 1]


def test_one_key_is_read_or_none():
    assert [key(said) for said in ("7", "0", "x", "9" * 4400, None)] == [7, 0, None, None, None]
