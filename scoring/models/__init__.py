"""What is filled: sheets with their answers and marks, records, findings, signatures."""

from scoring.models.point_sum import PointSum, ReasonSum
from scoring.models.record import Finding, RecordText
from scoring.models.review import Comment, Signature, Signer
from scoring.models.self_check import SelfComparison
from scoring.models.sheet import Answer, Mark, Presence, Save, Scoresheet
from scoring.models.standing import Standing

__all__ = [
    "Answer",
    "Comment",
    "Finding",
    "Mark",
    "PointSum",
    "Presence",
    "ReasonSum",
    "RecordText",
    "Save",
    "Scoresheet",
    "SelfComparison",
    "Signature",
    "Signer",
    "Standing",
]
