"""The statutory calendar: which days are worked, make-up days and holidays included."""

from django.db import models


class Workday(models.Model):
    """One day of a loaded year (国务院办公厅 announces each year in the autumn before it)."""

    day = models.DateField("日期", unique=True)
    is_workday = models.BooleanField("工作日")
    # the year is not announced yet: 暂按周末和法定节日推算
    is_estimated = models.BooleanField("推算", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "工作日历"
        ordering = ["day"]

    def __str__(self):
        return f"{self.day:%Y-%m-%d} {'工作日' if self.is_workday else '休息日'}"
