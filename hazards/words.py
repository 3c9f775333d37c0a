"""What the fields of a move are called, on forms, in refusals and in the docs."""

from hazards.models import Hazard

LABELS = {
    "reason": "理由",
    "note": "说明",
    "amount": "奖励金额",
    "duplicate_of": "先报的那一条",
    "responsible": "整改责任人",
    "regulator": "政府职能部门",
    "committee": "提请挂牌督办",
    "signer": "签发人",
    "lacking": "还没落实的",
    "experts": "核查专家",
}


def label(name: str) -> str:
    """The Chinese word of a field; a column of the hazard is called as the model calls it."""
    return LABELS.get(name) or str(Hazard._meta.get_field(name).verbose_name)
