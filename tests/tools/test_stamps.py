from tools.stamps import digest, once


def test_once_runs_again_only_when_the_key_changes(tmp_path):
    runs = []
    for key in ["a", "a", "b"]:
        once("步骤", tmp_path / "stamps" / "step", key, lambda key=key: runs.append(key))
    assert runs == ["a", "b"]


def test_once_runs_again_when_its_product_is_gone(tmp_path):
    made = tmp_path / "made"
    runs = []

    def make():
        runs.append(1)
        made.write_text("x")

    assert once("步骤", tmp_path / "stamp", "a", make, made=made)
    assert not once("步骤", tmp_path / "stamp", "a", make, made=made)
    made.unlink()
    assert once("步骤", tmp_path / "stamp", "a", make, made=made)
    assert runs == [1, 1]


def test_once_leaves_no_stamp_when_the_step_fails(tmp_path):
    def fail():
        raise OSError("disk full")

    try:
        once("步骤", tmp_path / "stamp", "a", fail)
    except OSError:
        assert not (tmp_path / "stamp").exists()


def test_digest_follows_names_and_contents(tmp_path):
    file = tmp_path / "folder" / "a"
    file.parent.mkdir()
    file.write_text("1")
    first = digest(tmp_path / "folder", "key")
    assert digest(tmp_path / "folder", "key") == first
    file.rename(file.with_name("b"))
    second = digest(tmp_path / "folder", "key")
    file.with_name("b").write_text("2")
    assert len({first, second, digest(tmp_path / "folder", "key")}) == 3
