"""Addresses that no record can have."""

import pytest

from tests.conftest import Browser


@pytest.mark.parametrize("address", ["/read/%00", "/quizzes/rise%00", "/join/%00A", "/teach/banks/%00/questions"])
def test_an_address_with_a_sign_that_no_database_takes_is_not_found(tahir: Browser, address: str) -> None:
    assert tahir.get(address).status_code == 404


@pytest.mark.parametrize("address", [f"/attempts/{2**31}", "/teach/questions/99999999999999999999"])
def test_an_address_with_a_larger_number_than_any_record_has_is_not_found(tahir: Browser, address: str) -> None:
    assert tahir.get(address).status_code == 404
