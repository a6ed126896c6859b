-- Which findings of the audit touch which numbers?
-- params: severity=info
-- Reads: main.data_audit.
-- in words: {numbers}, {severity}: {detail}
-- on the demo: approvals, info: Nobody is behind 1 of 2 entries of [roles] ceo: 1 by account, login or e-mail, which no payload names.
-- One row for each finding and each kind of number it touches; what the audit found to be as it should is left out.
-- A broken rule touches what it speaks of: its own words are in the detail.
with

touched (finding, numbers) as (
    values
    ('histories', ['times', 'handoffs', 'decisions', 'promises']),
    ('replay_equals_present', ['times', 'handoffs', 'decisions', 'promises']),
    ('ended_without_history', ['times']),
    ('resolved_before_creation', ['times']),
    ('change_before_creation', ['times']),
    ('unmapped_status', ['times', 'handoffs', 'latency']),
    ('stages_proposed', ['times', 'handoffs', 'latency']),
    ('stage_not_stationary', ['times']),
    ('misclicks_merged', ['times', 'handoffs']),
    ('done_but_not_done', ['times', 'promises']),
    ('bulk_changes', ['handoffs', 'decisions', 'promises']),
    ('no_handoffs', ['handoffs', 'readiness', 'latency']),
    ('no_roles_declared', ['handoffs', 'decisions', 'approvals']),
    ('role_holders_not_found', ['handoffs', 'decisions', 'approvals']),
    ('unknown_actors', ['handoffs', 'decisions', 'approvals']),
    ('project_not_found', ['figures of teams']),
    ('no_definition_of_ready', ['readiness']),
    ('present_value_unknown', ['readiness', 'decisions']),
    ('no_dates', ['promises']),
    ('snapshot_not_declared', ['everything that is open']),
    ('missing_items', ['everything that is open']),
    ('quarantined_records', ['everything']),
    ('repeated_records', ['everything']),
    ('no_items', ['everything']),
    ('item_after_snapshot', ['everything']),
    ('change_after_snapshot', ['everything']),
    ('source_not_configured', ['everything']),
    ('source_never_read', ['everything']),
    ('source_read_failed', ['everything']),
    ('source_lacks', ['what the source lacks']),
    ('groups_withheld', ['figures of teams'])
)

select
    unnest(coalesce(touched.numbers, ['what the broken rule speaks of'])) as numbers,
    audit.severity,
    audit.source,
    audit.finding,
    count(*) as findings,
    list(audit.subject order by audit.subject) filter (where audit.subject != '') as subjects,
    min(audit.detail) as detail
from data_audit as audit
left join touched on audit.finding = touched.finding
where
    array_position(['error', 'warning', 'info'], audit.severity)
    <= array_position(['error', 'warning', 'info'], $severity)
    and not (audit.severity = 'info' and coalesce(audit.found = audit.expected, false))
group by audit.severity, audit.source, audit.finding, touched.numbers
order by array_position(['error', 'warning', 'info'], audit.severity), numbers, audit.source, audit.finding;
