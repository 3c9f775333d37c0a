"""What the record page shows, prepared once for screen, conflict and read-only."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from plans.models import Visit
from scoring.anchors import point_anchor
from scoring.completeness import Missing, unfilled
from scoring.findings import LostPoint, fingerprint, lost_points
from scoring.forms import FindingForm
from scoring.models import Finding, RecordText, Scoresheet, Signer
from scoring.record_forms import form_of
from scoring.replies import clock
from scoring.signatures import signers_of, standing
from scoring.signing import answers_for
from scoring.strokes import Drawing, draw
from scoring.texts import live_findings


@dataclass(frozen=True)
class Box:
    """One text of the record as its form shows it."""

    field: str
    label: str
    text: str
    version: int
    hint: str = ""
    gathers: str = ""
    required: bool = True
    by: str = ""
    at: str = ""
    error: str = ""
    conflict: dict[str, Any] = field(default_factory=dict)
    id: str = field(default_factory=lambda: str(uuid4()))

    @property
    def is_filled(self) -> bool:
        return bool(self.text.strip())


@dataclass(frozen=True)
class Entry:
    """One problem with its edit form."""

    number: int
    finding: Finding
    form: FindingForm
    lost: LostPoint | None
    is_open: bool = False

    @property
    def source(self) -> str:
        """The place on the sheet's page of the point it came from."""
        return point_anchor(self.finding.criterion.code) if self.finding.criterion else ""


@dataclass(frozen=True)
class SignRow:
    """One line of 签字: who should sign, and who did."""

    role: str
    label: str
    name: str
    is_me: bool
    signed_at: str = ""
    method: str = ""
    drawing: Drawing | None = None
    image: Any = None
    voided: str = ""

    @property
    def is_signed(self) -> bool:
        return bool(self.signed_at)


def boxes(sheet: Scoresheet, typed: dict[str, dict[str, Any]]) -> dict[str, Box]:
    """The texts of the form; ``typed`` puts back what a refused save had typed, and why."""
    rows = {row.field: row for row in sheet.texts.select_related("by")}
    made = {}
    for box in form_of(sheet.visit).boxes:
        row = rows.get(box.field) or RecordText(field=box.field)
        said = {
            "text": row.text,
            "version": row.version,
            "by": str(row.by) if row.by else "",
            "at": clock(row.at),
        }
        said |= {"hint": box.hint, "gathers": box.gathers, "required": box.is_required}
        made[box.field] = Box(field=box.field, label=box.label, **said | typed.get(box.field, {}))
    return made


def entries(sheet: Scoresheet, refused: FindingForm | None, pk: int | None) -> list[Entry]:
    """The problems that stand; the one whose edit was refused keeps what was typed."""
    lost = {point.code: point for point in lost_points(sheet)}
    return [
        Entry(
            number,
            finding,
            refused if refused and finding.pk == pk else edit_form(finding),
            lost.get(finding.criterion.code) if finding.criterion else None,
            is_open=finding.pk == pk,
        )
        for number, finding in enumerate(live_findings(sheet), start=1)
    ]


def edit_form(finding: Finding) -> FindingForm:
    """The form of one entry as it stands."""
    return FindingForm(
        prefix=f"f{finding.pk}",
        initial={"text": finding.text, "advice": finding.advice, "seen": fingerprint(finding)},
    )


def sign_rows(visit: Visit, sheet: Scoresheet, user: Any) -> list[SignRow]:
    """组长 and 记录人, with their standing signature or what became of it.

    Under a 自查 any of the unit's people may sign for it; the page offers it to who asks.
    """
    people = {}
    if visit.team:
        people = {m.role: m.user for m in visit.team.members.select_related("user")}
    elif answers_for(visit, user):
        people = {Signer.UNIT: user}
    signed = standing(sheet)
    void = {s.role: s for s in sheet.signatures.exclude(voided_at=None).order_by("signed_at")}
    rows = []
    for role in signers_of(visit):
        person, mark = people.get(role), signed.get(role)
        said: dict[str, Any] = {}
        if mark:
            said = {
                "signed_at": clock(mark.signed_at),
                "method": mark.get_method_display(),
                "drawing": draw(mark.strokes),
                "image": mark.image,
            }
        elif role in void or sheet.signatures.filter(role=role).exists():
            said = {"voided": "签字后内容有改动，须重新签字"}
        name = mark.user.name if mark else (person.name if person else "")
        rows.append(SignRow(role, role.label, name, person == user, **said))
    return rows


def gaps_of(sheet: Scoresheet, rows: list[SignRow]) -> list[Missing]:
    """What is missing, with the signatures already looked up."""
    return unfilled(sheet) + [
        Missing("sign", row.role, f"{row.label}没有签字", "signature")
        for row in rows
        if not row.is_signed
    ]
