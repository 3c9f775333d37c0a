"""The move 奖励发现人 writes a line of the ledger, in its own transaction."""

from decimal import Decimal

from django.db import IntegrityError, transaction

from chabaocu.errors import Refused
from hazards.advice import Advice
from hazards.models import Hazard, HazardEvent
from rewards.models import Reward, Rule
from rewards.proposals import ARTICLE, Proposal, name_of, propose

MOVE = "reward"
TWICE = "这条隐患已经奖励过，不重复奖励。"
NOTHING = "奖励金额须大于 0。"
DIFFERS = "本单位规定奖励 {} 元，您填的是 {} 元：请在“说明”里写明理由。"
NO_RULE = "本单位当时还没有这一级别的奖励规定，金额由您定。"
FIRST = f"同一隐患只奖励第一个上报的人，不重复奖励（{ARTICLE}）。"


def grant(event: HazardEvent) -> None:
    """The line of the ledger for a reward; Refused where a rule forbids it, undoing the move."""
    if event.move != MOVE:
        return
    hazard, proposal = event.hazard, proposal_for(event.hazard)
    amount = Decimal(event.said["amount"])
    if refusal := proposal.refusal or _objection(proposal, amount, event.note):
        raise Refused(refusal)
    try:
        with transaction.atomic():
            _keep(event, hazard, proposal, amount)
    except IntegrityError as error:
        raise Refused(TWICE) from error


def proposal_for(hazard: Hazard) -> Proposal:
    """What the rules of its unit propose for one hazard."""
    rules = Rule.objects.unscoped(reason="the hazard is in the scope of who asks")
    return propose(hazard, rules.filter(unit=hazard.unit_id))


def advice(hazard: Hazard) -> Advice:
    """What the form of the move begins with and says."""
    proposal = proposal_for(hazard)
    lines = [f"发现人：{name_of(hazard)}。"] if not proposal.refusal else []
    if proposal.rule:
        lines.append(
            f"本单位规定：{proposal.rule}（{proposal.rule.valid_from:%Y年%-m月%-d日}起）。"
        )
        lines.append("金额与规定不同的，请在“说明”里写明理由。")
    else:
        lines.append(NO_RULE)
    initial = {"amount": proposal.amount} if proposal.amount else {}
    return Advice(initial, (*lines, FIRST), proposal.refusal)


def _objection(proposal: Proposal, amount: Decimal, note: str) -> str:
    if amount <= 0:
        return NOTHING
    if proposal.amount is not None and amount != proposal.amount and not note:
        return DIFFERS.format(proposal.amount, amount)
    return ""


def _keep(event: HazardEvent, hazard: Hazard, proposal: Proposal, amount: Decimal) -> Reward:
    return Reward.objects.create(
        hazard=hazard,
        unit_id=hazard.unit_id,
        region_path=hazard.region_path,
        recipient=hazard.reported_by,
        recipient_name=name_of(hazard),
        rule=proposal.rule,
        proposed=proposal.amount,
        amount=amount,
        note=event.note,
        granted_by=event.by,
        granted_at=event.at,
    )
