"""The check character of GB 32100-2015, on codes that are printed in public."""

import pytest
from django.core.exceptions import ValidationError

from orgs.credit_code import check_character, validate_credit_code

PUBLISHED = [
    "91350100M000100Y43",  # the standard's own example
    "91110000802100433B",  # 百度在线网络技术（北京）有限公司
    "91440300708461136T",  # 腾讯科技（深圳）有限公司
    "91330100799655058B",  # 阿里巴巴（中国）有限公司
]


@pytest.mark.parametrize("code", PUBLISHED)
def test_published_codes_are_valid(code):
    assert check_character(code[:-1]) == code[-1]
    validate_credit_code(code)


@pytest.mark.parametrize("position", range(18))
def test_one_wrong_character_is_always_found(position):
    code = PUBLISHED[0]
    wrong = code[:position] + ("2" if code[position] != "2" else "3") + code[position + 1 :]
    with pytest.raises(ValidationError, match="校验位不对"):
        validate_credit_code(wrong)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("91350100M000100Y4", "应为 18 位，这里是 17 位"),
        ("91350100M000100YO3", "不会出现“O”"),
        ("", "这里是 0 位"),
    ],
)
def test_malformed_code_says_why(code, message):
    with pytest.raises(ValidationError, match=message):
        validate_credit_code(code)
