"""In which order SQL files run: each after what it uses."""

from roadworthy.sql_files import in_dependency_order


def order(**texts: str) -> list[str]:
    return [name for name, _ in in_dependency_order(texts)]


def test_a_view_comes_after_the_one_it_reads() -> None:
    a = "create view staging.a as from staging.b;"
    b = "create view staging.b as select 1;"
    assert order(a=a, b=b) == ["b", "a"]


def test_a_path_of_json_that_ends_like_the_name_of_a_view_is_no_use_of_it() -> None:
    a = "create view staging.a as select payload -> '$.b' from raw.records;"
    b = "create view staging.b as from staging.a;"
    assert order(a=a, b=b) == ["a", "b"]


def test_whoever_is_named_in_a_comment_need_not_be_there_before() -> None:
    told = "comment on view staging.a is 'As in staging.b.';"
    a = f"-- As in staging.b.\ncreate view staging.a as select 1;\n{told}"
    b = "create view staging.b as from staging.a;"
    assert order(a=a, b=b) == ["a", "b"]
