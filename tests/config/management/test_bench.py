"""Measurements are commands, and never decide whether the tests pass: here they only have to run."""

import json
import shutil
import signal
import subprocess
import sys
import time

import pytest
from django.core.management import CommandError

from config.embedded import paths
from config.embedded.locks import Lock
from config.management.commands.bench import NOT_SHIPPED
from tests.bench import runner
from tests.bench.rounds import Line, compared, rates


@pytest.fixture
def bench_env(committed_env, tmp_path):
    """A home of the test's own: a bench that somebody runs beside the tests refuses none of them."""
    return committed_env | {"ISNAD_HOME": str(tmp_path / "home")}


def test_a_line_holds_at_its_limit_and_not_below():
    assert Line("ours / theirs", 1.6, 1.6).holds
    assert not Line("ours / theirs", 1.59, 1.6).holds
    assert not Line("time at 1M / at 10k", 3.1, 3, at_most=True).holds
    assert Line("for information", 0.1).holds


def test_each_round_measures_every_variant_and_the_median_of_their_ratios_counts():
    measured = rates({"ours": lambda: 2, "theirs": lambda: 1}, rounds=3, seconds=0.001, notice=lambda text: None)
    assert [len(each) for each in measured.values()] == [3, 3]
    (line,) = compared("twice as much", {"ours": [2, 9, 4], "theirs": [1, 3, 4]}, "ours", "theirs", None)
    assert line.ratio == 2


def test_a_tool_that_is_not_installed_leaves_its_line_out():
    assert compared("ours / theirs", {"ours": [1.0]}, "ours", "theirs", 1.0) == []


def test_the_ledger_is_measured_in_a_database_of_its_own_that_is_dropped_again(bench_env):
    argv = [sys.executable, "manage.py", "bench", "ledger", "--quick", "--json"]
    done = subprocess.run(argv, env=bench_env, capture_output=True, text=True, timeout=300, check=True)
    lines = json.loads(done.stdout)
    assert all({"name", "ratio", "must", "holds"} <= set(line) for line in lines)
    assert all(line["ratio"] > 0 for line in lines)


def test_the_reader_is_measured_and_its_stages_are_shares_of_the_whole(bench_env):
    argv = [sys.executable, "manage.py", "bench", "reader", "--quick", "--json"]
    done = subprocess.run(argv, env=bench_env, capture_output=True, text=True, timeout=300, check=True)
    shares = [line["ratio"] for line in json.loads(done.stdout) if line["name"].startswith("share of time")]
    assert len(shares) >= 4
    assert sum(shares) == pytest.approx(1, abs=0.01)


def test_a_run_of_the_rules_is_measured_by_what_is_due_and_by_what_is_kept(bench_env):
    argv = [sys.executable, "manage.py", "bench", "flags", "--quick", "--json"]
    done = subprocess.run(argv, env=bench_env, capture_output=True, text=True, timeout=300, check=True)
    lines = json.loads(done.stdout)
    assert [line["must"] for line in lines] == [3, 10_000, None, None, None, None, None]
    assert all(line["ratio"] > 0 for line in lines)


def test_near_duplicates_are_measured_and_judged(bench_env, tmp_path):
    argv = [sys.executable, "manage.py", "bench", "matching", "--json"]
    done = subprocess.run([*argv, "--quick"], env=bench_env, capture_output=True, text=True, timeout=300, check=True)
    recall = next(line for line in json.loads(done.stdout) if line["name"].startswith("recall@10"))
    assert recall["ratio"] > 0.8
    docs = {"a": ["The moon is made of basalt", "Basalt"], "b": ["The moon is made of cheese"], "c": ["يدور القمر حول الأرض", "القمر"]}
    queries = {"1": "Is the moon really cheese? https://example.org/moon", "2": "القمر يدور حول الارض", "3": "nothing is judged of this"}
    queries["4"] = "Nobody whom we have ever asked would have thought for one moment that basalt could have anything to do with craters"
    file = tmp_path / "judged.json"
    file.write_text(json.dumps({"docs": docs, "queries": queries, "qrels": {"1": ["b"], "2": ["c"], "4": ["a"]}}), encoding="utf-8")
    done = subprocess.run([*argv, "--dataset", file], env=bench_env, capture_output=True, text=True, timeout=300, check=True)
    told = json.loads(done.stdout)
    assert (told["claims"], told["queries"], told["MAP@5"], told["MRR"], told["recall@5"]) == (3, 3, 1, 1, 1)
    assert (told["MAP@5, strong"], told["without a strong match"]) == (0.6667, 1)


def test_searches_are_measured_and_judged_beside_ts_rank(bench_env, tmp_path):
    argv = [sys.executable, "manage.py", "bench", "search", "--json"]
    done = subprocess.run([*argv, "--quick"], env=bench_env, capture_output=True, text=True, timeout=300, check=True)
    lines = json.loads(done.stdout)
    assert len([line for line in lines if "a rare word" in line["name"]]) == 4
    docs = {"a": ["The moon is made of basalt and dust", "Basalt"], "b": ["The moon is made of cheese"], "c": ["يدور القمر حول الأرض"]}
    file = tmp_path / "judged.json"
    file.write_text(json.dumps({"docs": docs, "queries": {"1": "Moons made of cheese!"}, "qrels": {"1": ["b"]}}), encoding="utf-8")
    done = subprocess.run([*argv, "--dataset", file], env=bench_env, capture_output=True, text=True, timeout=300, check=True)
    told = json.loads(done.stdout)
    assert (told["queries"], told["MAP@5 ours"], told["MAP@5 ts_rank"]) == (1, 1, 1)


def test_pages_of_lists_are_measured_by_how_much_is_kept(bench_env):
    argv = [sys.executable, "manage.py", "bench", "lists", "--quick", "--json"]
    done = subprocess.run(argv, env=bench_env, capture_output=True, text=True, timeout=300, check=True)
    lines = json.loads(done.stdout)
    assert len([line for line in lines if line["must"] == 1.5]) == 9
    (more,) = (line for line in lines if line["name"].startswith("queries more"))
    assert more["holds"]


def test_claims_over_http_are_measured_beside_plain_rest_framework(bench_env):
    argv = [sys.executable, "manage.py", "bench", "api", "--quick", "--json"]
    done = subprocess.run(argv, env=bench_env, capture_output=True, text=True, timeout=300, check=True)
    lines = json.loads(done.stdout)
    assert [line["must"] for line in lines] in ([2, 1.2], [2, 1.2, 1.3, 1.8])  # writes have a peer where django-simple-history is there
    assert all(line["ratio"] > 0 for line in lines)


def test_a_second_bench_of_one_home_is_refused_until_the_first_has_ended_however_it_ends(bench_env, monkeypatch):
    monkeypatch.setenv("ISNAD_HOME", bench_env["ISNAD_HOME"])
    lock = Lock(paths.home() / "bench.lock")
    argv = [sys.executable, "manage.py", "bench", "reader"]
    first = subprocess.Popen(argv, env=bench_env | {"DJANGO_SETTINGS_MODULE": runner.SETTINGS}, stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while not lock.held():
            assert first.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)
        second = subprocess.run([*argv, "--quick"], env=bench_env, capture_output=True, text=True, timeout=60, check=False)
        assert (second.returncode, second.stdout) == (1, "")
        assert f"A bench is at work in {paths.home()} already" in second.stderr
        with pytest.raises(CommandError, match="Wait until it has ended"), runner.only_bench():
            pass
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait()
    with runner.only_bench():
        assert lock.held()
    assert not lock.held()


def test_an_install_without_the_tests_says_where_measurements_are(tmp_path):
    shutil.copy(paths.BASE / "manage.py", tmp_path)
    for package in ("claims", "sources", "config"):
        (tmp_path / package).symlink_to(paths.BASE / package)
    argv = [sys.executable, "manage.py", "bench"]
    done = subprocess.run([*argv, "reader"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip() == f"CommandError: {NOT_SHIPPED}"
    done = subprocess.run([*argv, "--help"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True)
    assert "tests/bench" in done.stdout


def test_an_unknown_measurement_is_refused_with_the_names_there_are(bench_env):
    done = subprocess.run(
        [sys.executable, "manage.py", "bench", "lodger"], env=bench_env, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "There are: " in done.stderr


@pytest.mark.parametrize("word", ["--quick", "--json", "ledger"])
def test_the_help_names_the_measurements_and_the_ways_to_run_them(word, capsys):
    from django.core.management import call_command

    with pytest.raises(SystemExit):
        call_command("bench", "--help")
    assert word in capsys.readouterr().out
