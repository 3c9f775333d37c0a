"""Strict readers: a wrong value stops the start."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from chabaocu import env


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("0", False)])
def test_flag_reads_one_and_zero(monkeypatch, value, expected):
    monkeypatch.setenv("SWITCH", value)
    assert env.flag("SWITCH") is expected


@pytest.mark.parametrize("value", ["yes", "true", "", "2"])
def test_flag_refuses_anything_else(monkeypatch, value):
    monkeypatch.setenv("SWITCH", value)
    with pytest.raises(ImproperlyConfigured):
        env.flag("SWITCH")


def test_secret_key_is_made_once_and_kept_private(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    key = env.secret_key(tmp_path)
    assert env.secret_key(tmp_path) == key
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


def test_database_is_sqlite_in_the_data_folder_by_default(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    config = env.database(tmp_path)
    assert config["NAME"] == str(tmp_path / "db.sqlite3")
    assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert config["ENGINE"] == "chabaocu.sqlite3"


def test_database_url_may_name_a_socket_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://me@%2Frun%2Fpg/name")
    config = env.database(tmp_path)
    assert (config["HOST"], config["USER"], config["NAME"]) == ("/run/pg", "me", "name")
