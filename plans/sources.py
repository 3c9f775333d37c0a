"""The issued plans that can be taken as a template, by key."""

from plans.source import Source
from plans.source2017 import SHANDONG
from plans.source_gaoqing import GAOQING
from plans.source_medical import MEDICAL
from plans.source_shishi import SHISHI

SOURCES = {one.key: one for one in (SHANDONG, MEDICAL, SHISHI, GAOQING)}


def source_of(key: str) -> Source:
    """The template of that key; a plan that was begun empty stands beside the first."""
    return SOURCES.get(key, SHANDONG)
