"""The permission matrix: who gets what, from each address, for each object.

A row reads: this address, this method, this object → status: people. 200 and 302 let in, 403
says "seen but not allowed", 404 "does not exist for you"; REST is everybody else who is logged
in, ALL is everybody. Anonymous people are sent to the login page unless a row names them. Forms
are posted empty: 200 and 422 are a form with its errors, 302 a form sent or refused with a
message.

A new address without a row fails test_permissions, which prints the row as things stand.
"""

from tests.architecture.permissions import (
    analysis,
    attachments,
    audit,
    briefs,
    draws,
    feedback,
    first_page,
    hazards,
    inbox,
    materials,
    orgs,
    patrols,
    plans,
    reports,
    rewards,
    rubrics,
    scoring,
)

ROWS = [
    *analysis.ROWS,
    *attachments.ROWS,
    *audit.ROWS,
    *briefs.ROWS,
    *draws.ROWS,
    *feedback.ROWS,
    *first_page.ROWS,
    *hazards.ROWS,
    *inbox.ROWS,
    *materials.ROWS,
    *orgs.ROWS,
    *patrols.ROWS,
    *plans.ROWS,
    *reports.ROWS,
    *rewards.ROWS,
    *rubrics.ROWS,
    *scoring.ROWS,
]
