"""Rules a move must meet beside state and permission; each says in Chinese what forbids it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from attachments.models import Attachment
from hazards.models import Hazard, HazardEvent

Said = Mapping[str, Any]
Guard = Callable[[Hazard, Any, Said], str]
HOLDER = "hazard"
AFTER = "after"  # the slot of photos that show the rectified place


def own_report(hazard: Hazard, by: Any, said: Said) -> str:
    """Only who reported takes a report back; who rectifies follows it, no more."""
    return "" if hazard.reported_by_id == by.pk else "只有上报的人可以撤回。"


def earlier(hazard: Hazard, by: Any, said: Said) -> str:
    """A duplicate points to another hazard of the same unit that was reported before it."""
    first = said["duplicate_of"]
    if first.unit_id != hazard.unit_id or first.pk == hazard.pk:
        return "先报的那一条须是本单位的另一条隐患。"
    if first.duplicate_of_id or first.status == Hazard.Status.DISMISSED:
        return "那一条也没有登记，请选它并入的那一条。"
    return "" if first.pk < hazard.pk else "那一条报得更晚，请并入先报的。"


def future(hazard: Hazard, by: Any, said: Said) -> str:
    """A deadline lies ahead."""
    if said["due_on"] < timezone.localdate():
        return "期限不能早于今天。"
    return ""


def later(hazard: Hazard, by: Any, said: Said) -> str:
    """An extension ends after the deadline it extends."""
    if said["due_on"] <= hazard.due_on:
        return f"新的期限须晚于原来的 {hazard.due_on:%Y年%-m月%-d日}。"
    return ""


def forwardable(hazard: Hazard, by: Any, said: Said) -> str:
    """The advice to stop is answered before the plan goes up (源2 流程图)."""
    if hazard.stop_is_open:
        return "停止作业建议还没有答复，请单位先答复。"
    return future(hazard, by, said)


def shown(hazard: Hazard, by: Any, said: Said) -> str:
    """A photo of the rectified place, taken for this attempt."""
    inside = hazard.events.filter(target=Hazard.Status.RECTIFYING)
    begun = inside.exclude(source=Hazard.Status.RECTIFYING).latest("pk").at  # not when it went on
    held = Attachment.objects.live().filter(holder_type=HOLDER, holder_id=hazard.pk, slot=AFTER)
    if not held.filter(uploaded_at__gte=begun).exists():
        return "请先上传整改后的照片，再申请验收。"
    if hazard.is_listed and not hazard.six_checked_at:
        return "挂牌督办的隐患，政府职能部门核查“六落实”后才能申请验收。"
    return ""


def other_hand(hazard: Hazard, by: Any, said: Said) -> str:
    """Never closed by one hand: not who rectified, and not the same person twice (源2 流程图)."""
    if by.pk in {hazard.offered_by_id, hazard.responsible_id}:
        return "整改的人不能验收，请由其他人验收。"
    if by.pk in {hazard.accepted_by_id, hazard.witnessed_by_id}:
        return "您已代表另一方签过字，须由另一个人签。"
    return ""


def judged_anew(hazard: Hazard, by: Any, said: Said) -> str:
    """Who rectified does not judge it, and a new deadline lies ahead."""
    if by.pk in {hazard.offered_by_id, hazard.responsible_id}:
        return "整改的人不能验收，请由其他人验收。"
    return future(hazard, by, said)


def rewardable(hazard: Hazard, by: Any, said: Said) -> str:
    """Once for one hazard, to somebody who is known, and not to oneself."""
    if not (hazard.reported_by_id or hazard.reporter_name):
        return "发现人没有留名，无法奖励；扫码匿名上报的，可以凭回执补留姓名。"
    if hazard.reported_by_id == by.pk:
        return "不能奖励自己，请由其他人办理。"
    if HazardEvent.objects.filter(hazard=hazard, move="reward").exists():
        return "这条隐患已经奖励过，不重复奖励。"
    return ""


def not_withdrawn(hazard: Hazard, by: Any, said: Said) -> str:
    """What its reporter took back stays so."""
    last = hazard.events.latest("pk").move
    return "上报的人自己撤回的，请他重新上报。" if last == "withdraw" else ""


GUARDS: dict[str, Guard] = {
    "own_report": own_report,
    "earlier": earlier,
    "future": future,
    "later": later,
    "forwardable": forwardable,
    "shown": shown,
    "other_hand": other_hand,
    "judged_anew": judged_anew,
    "rewardable": rewardable,
    "not_withdrawn": not_withdrawn,
}
