"""The template of a plan says what the issued plan says: not a character more or less."""

import re
import unicodedata
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from plans import source2017
from plans.models import Plan

ISSUED = Path(__file__).parent / "source" / "shandong-2017-second-round.txt"


def folded(text):
    """Without spaces and line breaks, and with one width of every character."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


class Text(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.text = ""
        self.feed(html)

    def handle_data(self, data):
        self.text += data


@pytest.fixture
def issued():
    return folded(ISSUED.read_text(encoding="utf-8"))


def test_texts_and_headings_of_2017_are_the_whole_issued_plan(issued):
    texts = source2017.SHANDONG.wording(2017, 2, date(2017, 12, 1), date(2017, 12, 8))
    title = source2017.title(2017, 2)
    plan = Plan(title=title, **{k: v for k, v in texts.items() if k != "sampling"})
    page = render_to_string("plans/_plan_texts.html", {"plan": plan})
    body, _, _ = issued.partition(folded("附件：1."))
    assert folded(f"{title}方案" + Text(page).text) == body


def test_list_of_annexes_is_the_issued_one(issued, world, as_):
    plan = world.plan
    plan.status, plan.published_at, plan.published_by = "draft", None, None
    plan.save()
    page = as_(world.province).get(reverse("plans:plan_rubrics", args=[plan.pk]))
    _, begin, rest = issued.partition(folded("附件：1."))
    assert begin + rest in folded(Text(page.content.decode()).text)


def test_sampling_sentence_is_part_of_the_tasks(issued):
    assert source2017.SAMPLING_WORDING in source2017.TASKS
    assert folded(source2017.SAMPLING_WORDING) in issued


@pytest.mark.parametrize("name", ["BASIS", "TASKS", "CONTENTS", "REQUIREMENTS"])
def test_a_lost_or_added_character_is_seen(issued, name):
    text = folded(getattr(source2017, name))
    middle = len(text) // 2
    assert text in issued
    assert text[:middle] + text[middle + 1 :] not in issued
    assert text[:middle] + "的" + text[middle:] not in issued
