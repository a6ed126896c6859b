-- Id of a milestone by either interface: what GraphQL calls id is the node_id of REST, whose id is a number.
create macro staging.github_milestone(milestone) as
    coalesce(milestone ->> '$.node_id', milestone ->> '$.id');
