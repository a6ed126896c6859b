-- Repository and number of the issue that an issue is a part of: one interface shows it, the other gives its address.
create macro staging.github_parent(issue) as
    coalesce(
        (issue ->> '$.parent.repository.full_name') || '#' || (issue ->> '$.parent.number'),
        nullif(
            regexp_replace(issue ->> '$.parent_issue_url', '^https?://.*/repos/([^/]+/[^/]+)/issues/(\d+)$', '\1#\2'),
            issue ->> '$.parent_issue_url'
        )
    );
