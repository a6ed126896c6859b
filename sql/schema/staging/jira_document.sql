-- The text of a rich text, as version 3 of Jira's interface shows descriptions and long fields: a line for each block with
-- words in it. A document without any is an empty field; an image or a rule says nothing.
create macro staging.jira_document(document) as
    nullif(
        array_to_string(
            list_filter(
                list_transform(
                    json_extract(document, '$..content'),
                    lambda block: array_to_string(
                        list_transform(
                            from_json(block, '["JSON"]'),
                            lambda node: case node ->> '$.type'
                                when 'hardBreak' then chr(10)
                                -- As version 2 writes it: the name that is shown is nobody's business.
                                when 'mention' then '[~accountid:' || coalesce(node ->> '$.attrs.id', '') || ']'
                                else coalesce(node ->> '$.text', node ->> '$.attrs.text', node ->> '$.attrs.url', '')
                            end
                        ),
                        ''
                    )
                ),
                lambda line: line <> ''
            ),
            chr(10)
        ),
        ''
    );
