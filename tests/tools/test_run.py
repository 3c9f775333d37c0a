"""What ./run says, asked as a person asks it."""

import os
import shutil
import socket
import subprocess

from tools.place import ROOT


def ask(*arguments, **environment):
    return subprocess.run(
        [str(ROOT / "run"), *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_run_explains_itself():
    answer = ask("--help")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "./run --empty" in answer.stdout


def test_run_refuses_what_it_does_not_know():
    assert ask("frobnicate").returncode == 2


def test_run_says_when_the_port_is_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        answer = ask(PORT=str(taken.getsockname()[1]))
    assert answer.returncode == 1
    assert "PORT=8001 ./run" in answer.stderr


def test_run_names_what_to_install_without_python(tmp_path):
    for tool in ("sh", "dirname", "uname"):
        (tmp_path / tool).symlink_to(shutil.which(tool))
    answer = ask(PATH=str(tmp_path))
    assert answer.returncode == 1
    assert len(answer.stderr.splitlines()) == 1
    assert "Python >= 3.11" in answer.stderr
