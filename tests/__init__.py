import pytest

pytest.register_assert_rewrite("tests.full_refresh")
