"""统一社会信用代码: its alphabet and its check character (GB 32100-2015)."""

from django.core.exceptions import ValidationError

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z
MODULUS = 31


def check_character(body: str) -> str:
    """The 18th character for 17 given ones (GB 32100-2015 附录 A)."""
    total = sum(ALPHABET.index(c) * pow(3, i, MODULUS) for i, c in enumerate(body))
    return ALPHABET[-total % MODULUS]


def validate_credit_code(code: str) -> None:
    """Refuse a code of wrong length, alphabet or check character, saying which."""
    if len(code) != 18:
        raise ValidationError(f"统一社会信用代码应为 18 位，这里是 {len(code)} 位。")
    if strange := [c for c in code if c not in ALPHABET]:
        raise ValidationError(f"统一社会信用代码里不会出现“{strange[0]}”。")
    if code[-1] != check_character(code[:-1]):
        raise ValidationError("统一社会信用代码的校验位不对，请对照营业执照核对。")
