import base64
import gzip
import json

import pytest

from reports import scripts


def test_data_cannot_end_their_block_and_read_back_unchanged() -> None:
    spec = {"name": "</script><!-- & \u2028\u2029 -->"}
    text = scripts.as_data(spec)
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text) == spec


def test_fractions_are_cut_to_what_a_chart_can_show() -> None:
    assert scripts.as_data({"mean": [0.12345678901, 4, True, None]}) == (
        '{"mean":[0.123457,4,true,null]}'
    )


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        scripts.as_data({"mean": float("nan")})


def test_the_bundle_is_wrapped_and_can_be_embedded() -> None:
    bundle = scripts.chart_bundle()
    assert bundle.startswith("(()=>{")
    assert bundle.endswith("})()")
    assert "</script" not in bundle.lower()


def test_the_packed_bundle_is_the_bundle_and_smaller_by_half() -> None:
    packed = scripts.packed_bundle()
    assert gzip.decompress(base64.b64decode(packed)).decode() == scripts.chart_bundle()
    assert 2 * len(packed) < len(scripts.chart_bundle())


def test_a_policy_names_scripts_by_their_hash() -> None:
    policy = scripts.policy(scripts=("alert(1)",), styles=("p{}",))
    assert "script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='" in policy
    assert policy.startswith("default-src 'none';")
