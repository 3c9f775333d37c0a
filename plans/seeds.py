"""What counts as a seed, by its declared source; pure."""

import hmac
import re
import unicodedata

from plans.models import Draw

Source = Draw.SeedSource
SHAPES = {
    Source.DICE: (r"[0-9]{20,100}", "十面骰至少掷 20 次：须是 20 到 100 个数字。"),
    Source.LOTTERY: (r"[0-9]{10,100}", "开奖号码须是 10 到 100 个数字，按公布的次序录入。"),
    Source.BEACON: (r"[0-9a-f]{32,100}", "公开随机数须是 32 到 100 个十六进制字符（0-9、a-f）。"),
}


def read_seed(source: str, text: str) -> str:
    """What was typed, without spaces and separators; ValueError in Chinese when it is no seed."""
    plain = unicodedata.normalize("NFKC", text).lower()
    digits = re.sub(r"[\s,，、+-]+", "", plain)
    shape, message = SHAPES[Source(source)]
    if not re.fullmatch(shape, digits):
        raise ValueError(f"{message}现在是 {len(digits)} 个字符。")
    return digits


def same_digits(first: str, second: str) -> bool:
    """Compare two entries without telling where they differ."""
    return hmac.compare_digest(first, second)
