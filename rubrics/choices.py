"""What a version chooses among, with the words for it."""

from django.db.models import TextChoices


class NotApplicable(TextChoices):
    """What an N/A point does to the result (域: 每版写明)."""

    RATE_ONLY = "rate_only", "总得分为实得分之和；得分率按应得分计算"
    RESCALE = "rescale", "实得÷应得×满分"


class Layout(TextChoices):
    """Which columns the issued table has; their heads are the version's ``heads``."""

    SCORES = "scores", "项目、内容、得分、方法"
    DETAILS = "details", "项目、内容、细则、扣分原因、得分"
    CHECKLIST = "checklist", "项目、内容、方法、评价"
    QUESTIONS = "questions", "检查内容、检查问题、是否、评价"
