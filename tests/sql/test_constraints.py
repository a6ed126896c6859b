"""What the tables of ``main`` refuse: words that mean nothing, and counts of less than nothing."""

from collections.abc import Iterator
from typing import get_args

import duckdb
import pytest

from pipelines.latency.latency_layers import PRECEDENCE
from roadworthy.config.flow import StageKind
from roadworthy.config.model import Intervention
from roadworthy.warehouse import Warehouse
from tests.sql.small_ledger import small_ledger

#: Each is a value that no row can have by its definition.
REFUSED = (
    "update work_items set stage_kind = 'waiting'",
    "update work_items set handoff_count = -1",
    "update work_items set reassignment_count = null",
    "update work_items set age_days = -1",
    "update visits set stage_kind = 'waiting'",
    "update visits set visit_number = 0 where visit_number = 1",
    "update aging_work set stage_kind = 'done'",
    "update aging_work set stage = null",
    "update decisions set channel = 'mail'",
    "update decisions set outcome = 'forgotten'",
    "update decisions set business_hours = -1",
    "update decision_changes set actor_role = null",
    "update decision_changes set is_contest = null",
    "update approval_requests set verdict = 'commented'",
    "update approval_requests set channel = 'flag'",
    "update approvals set depth = -1",
    "update approvals set solo_hours = -1",
    "update approvals set first_requested_at = null",
    "update approval_steps set channel = 'stage'",
    "update approval_steps set open_requests = 1",
    "update decision_times set channel = 'mail'",
    "update decision_times set withdrawn = 2",
    "update decision_rights set effective_deciders = 0.9",
    "update decision_rights set verdict = 'joint'",
    "update decision_right_shares set standing = 'covers'",
    "update decision_right_shares set changes = 0",
    "update priority_churn set item_weeks = -1",
    "update intake set scope_edit_count = -1",
    "update scope_injection set subject_kind = 'quarter'",
    "update scope_injection set removed_items = 3",
    "update cost_of_delay set ledger = 'meetings'",
    "update cost_of_delay set quantity_unit = 'days'",
    "update latency_components set cause_kind = 'meeting'",
    "update latency_components set cause_kind = 'queue'",
    "update latency_components set microseconds = 0",
    "update latency_shares set cause_kind = 'queue'",
    "update commitments set slip_count = -1",
    "update date_moves set move_number = 0",
    "update weekly_metrics set items = -1",
    (
        "insert into interventions values "
        "('x', 'magic', date '2026-03-02', 28, null, false, null, null, 0.1, null)"
    ),
)


@pytest.fixture(scope="module")
def ledger() -> Iterator[Warehouse]:
    with small_ledger() as warehouse:
        yield warehouse


@pytest.mark.parametrize("fault", REFUSED)
def test_a_row_that_cannot_be_is_refused(ledger: Warehouse, fault: str) -> None:
    with pytest.raises(duckdb.ConstraintException):
        ledger.execute(fault)


# What may be declared, or can be found, is known to the tables under the same words.


@pytest.mark.parametrize("kind", get_args(StageKind))
def test_every_kind_of_stage_is_known(ledger: Warehouse, kind: str) -> None:
    for table in ("work_items", "visits"):
        ledger.execute(f"update {table} set stage_kind = $1", [kind])  # noqa: S608 - our own names


@pytest.mark.parametrize("kind", get_args(Intervention.model_fields["kind"].annotation))
def test_every_kind_of_intervention_is_known(ledger: Warehouse, kind: str) -> None:
    ledger.execute(
        """
        insert into interventions by name
        select
            $1 as intervention, $1 as intervention_kind, date '2026-03-02' as effective_on,
            28 as washout_days, false as is_randomised, 0.1 as useful_effect
        """,
        [kind],
    )


@pytest.mark.parametrize("kind", PRECEDENCE)
def test_every_kind_of_cause_is_known(ledger: Warehouse, kind: str) -> None:
    for table in ("latency_components", "latency_shares"):
        ledger.execute(
            f"update {table} set component = $1 || ':' || component, cause_kind = $1",  # noqa: S608 - our own names
            [kind],
        )
