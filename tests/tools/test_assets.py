import pytest

from chabaocu.navigation import MENU
from plans.templatetags import visits
from tools.assets import ICONS, ROOT, MissingIconError, sources, sprite

WHOLE = ICONS.read_text(encoding="utf-8")


def drawn(*texts):
    return sprite(WHOLE, texts)


def named(text):
    return {part.split('"')[0] for part in text.split(' id="')[1:]}


def test_sprite_holds_what_the_texts_name():
    page, script, module = '{% icon "lock" %}', 'icon("people")', 'LOOK = ("send", "绿")'
    assert named(drawn(page, script, module)) == {"lock", "people", "send"}


@pytest.mark.parametrize("text", ['{% icon "no-such-one" %}', "icon('no-such-one')"])
def test_icon_that_is_not_in_the_set_stops_the_set_up(text):
    with pytest.raises(MissingIconError, match="no-such-one"):
        drawn(text)


def test_icons_of_tables_are_in_the_sprite():
    texts = (path.read_text(encoding="utf-8") for path in sources(ROOT))
    menu = {icon for _, links in MENU for _, icon, _, _ in links}
    looks = {look[1] for look in visits.LOOKS.values()}
    assert (menu | looks) <= named(drawn(*texts))
