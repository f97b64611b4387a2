"""What the chart says of containers, done by the program itself under the same conditions: an unprivileged user, a directory that
cannot be written, and the environment that is rendered and no other. Needs WEDERHOOR_TEST_BINARY and WEDERHOOR_TEST_PG_URL."""

import base64
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from charts import alerts_of_the_program, case, counted_in, environment, panels, pods, render, texts

BINARY = os.environ.get("WEDERHOOR_TEST_BINARY")
SERVER = os.environ.get("WEDERHOOR_TEST_PG_URL")
NOBODY = {"user": 65532, "group": 65532, "extra_groups": []} if os.geteuid() == 0 else {}

if not (BINARY and SERVER) and not os.environ.get("WEDERHOOR_TEST_ALL"):
    pytest.skip("run it by scripts/postgres.sh, when the program is built", allow_module_level=True)


def address(login, database):
    """Of the throw-away server, on which every login has the superuser's password."""
    at = urlsplit(SERVER)
    return f"postgres://{login}:{at.password}@{at.hostname}:{at.port}/{database}"


def psql(statement):
    subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-c", statement, SERVER], check=True)


@pytest.fixture(scope="module")
def database():
    name = f"chart_{secrets.token_hex(6)}"
    psql(f"CREATE DATABASE {name} OWNER wederhoor_owner")
    yield name
    psql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def kept(database):
    """What stands in the Secrets of the case."""
    key = lambda: base64.b64encode(secrets.token_bytes(32)).decode()
    return {
        ("wederhoor-application", "url"): address("wederhoor_app", database),
        ("wederhoor-owner", "url"): address("wederhoor_owner", database),
        ("wederhoor-maintenance", "url"): address("wederhoor_maintenance", database),
        ("wederhoor-keys", "token"): key(),
        ("wederhoor-keys", "sealing"): key(),
        ("wederhoor-mail", "url"): "smtp://127.0.0.1:1",
    }


@pytest.fixture(scope="module")
def image():
    """The program where everybody may run it, and an empty directory that nobody may write."""
    home = Path(tempfile.mkdtemp(prefix="wederhoor-chart-"))
    (home / "root").mkdir(mode=0o555)
    shutil.copy(BINARY, home / "wederhoor")
    home.chmod(0o755)
    yield home
    shutil.rmtree(home)


@pytest.fixture(scope="module")
def start(image, kept):
    """Starts a container of the case: its arguments, or others, in its environment, but for the port on this machine."""
    started = []

    def start(name, container=0, arguments=None, port=None, numbers=None):
        spec = pods(render(case("external")))[name]["spec"]
        one = spec["initContainers" if container == "init" else "containers"][0 if container == "init" else container]
        told = {key: kept[value] if isinstance(value, tuple) else value for key, value in environment(one).items()}
        if port:
            told["WEDERHOOR_BIND"] = f"127.0.0.1:{port}"
        if numbers:
            told["WEDERHOOR_METRICS_BIND"] = f"127.0.0.1:{numbers}"
        command = [image / "wederhoor", *(arguments or one["args"])]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        process = subprocess.Popen(command, cwd=image / "root", env=told, **pipes, **NOBODY)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def ended(process, within=60):
    """How it ended, and what it said."""
    said, _ = process.communicate(timeout=within)
    return process.returncode, said


@pytest.fixture(scope="module")
def migrated(start):
    assert ended(start("migrate")) == (0, "the postgres database has the newest schema\n")


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.fixture(scope="module")
def serving(start, migrated):
    port = free_port()
    process = start("serve", port=port)
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return process, port
    process.kill()
    pytest.fail(ended(process)[1])


def open_for_writing(process):
    """The files that a process may write."""
    found = []
    for one in Path(f"/proc/{process.pid}/fdinfo").iterdir():
        try:
            flags = int(re.search(r"^flags:\s+([0-7]+)", one.read_text(), re.MULTILINE)[1], 8)
        except FileNotFoundError:  # Closed meanwhile.
            continue
        file = Path(f"/proc/{process.pid}/fd/{one.name}")
        if flags & (os.O_WRONLY | os.O_RDWR) and file.is_file():
            found.append(os.readlink(file))
    return found


def test_the_test_of_helm_passes(serving):
    _, port = serving
    (curl,) = pods(render(case("external")))["test"]["spec"]["containers"]
    arguments = [re.sub(r"^http://[^/]+", f"http://127.0.0.1:{port}", one) for one in curl["args"]]
    requests = " ".join(arguments).count(" --next ") + 1
    at = [place for place, one in enumerate(arguments) if one == "--next"]
    split = [arguments[begin:end] for begin, end in zip([0, *(place + 1 for place in at)], [*at, None])]
    assert len(split) == requests == 2
    for request in split:
        answer = subprocess.run(["curl", *request], capture_output=True, text=True, check=False)
        assert answer.returncode == 0, answer.stderr
        said = json.loads(answer.stdout)
        if urlsplit(request[-1]).path == "/readyz":
            assert said["status"] in ("ready", "degraded") and said["checks"]["schema"] == {"status": "ok"}
        else:
            assert said["data"] == {"__typename": "Query"}


@pytest.mark.parametrize("name", ["serve", "worker"])
def test_probes_are_answered_where_they_ask(start, migrated, name):
    port = free_port()
    process = start(name, port=port)
    line = process.stdout.readline()
    assert '"answering"' in line or '"working"' in line, line
    (container,) = pods(render(case("external")))[name]["spec"]["containers"]
    probes = [container[kind]["httpGet"] for kind in ("startupProbe", "livenessProbe", "readinessProbe")]
    assert {one["path"] for one in probes} == {"/livez", "/readyz"}
    for probe in probes:
        with urlopen(f"http://127.0.0.1:{port}{probe['path']}", timeout=5) as answer:
            assert answer.status == 200


def test_pods_wait_for_the_schema(start, migrated):
    code, said = ended(start("serve", container="init"))
    assert (code, said) == (0, "the postgres database has the schema\n")


def test_the_last_of_the_next_three_commands_works(start, migrated):
    (command,) = re.findall(r"-- wederhoor (.+)", texts(case("external"))["wederhoor/templates/NOTES.txt"])
    arguments = [one.strip('"') for one in re.findall(r'"[^"]+"|\S+', command)]
    code, said = ended(start("serve", arguments=arguments))
    assert code == 0, said
    assert "https://klachten.example/operator#" in said


def test_the_deletion_finds_nothing_to_delete(start, migrated):
    assert ended(start("deletion")) == (0, "")


@pytest.mark.parametrize("name", ["serve", "worker"])
def test_it_writes_nowhere_fits_and_ends_when_asked(start, migrated, name):
    process = start(name, port=free_port())
    line = process.stdout.readline()
    assert '"answering"' in line or '"working"' in line, line
    assert open_for_writing(process) == []
    limit = pods(render(case("external")))[name]["spec"]["containers"][0]["resources"]["limits"]["memory"]
    most = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process.pid}/status").read_text())[1]
    assert int(most) < int(limit.removesuffix("Mi")) * 1024
    process.send_signal(signal.SIGTERM)
    code, said = ended(process, within=30)
    assert code == 0, said


def asked(port, body, media="application/json"):
    """What the program answers, however it does."""
    headers = {"content-type": media, "accept": "application/graphql-response+json"}
    request = Request(f"http://127.0.0.1:{port}/graphql", body.encode(), headers)
    try:
        with urlopen(request, timeout=10) as answer:
            return answer.status
    except HTTPError as refused:
        return refused.code


def numbers_of(port):
    """The name of every number that can be read there, and what is said of it; nothing while nobody listens."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            text = answer.read().decode()
    except URLError:
        return {}
    return dict(re.findall(r"^(wederhoor_\w+)(.*)$", text, re.MULTILINE))


def test_dashboard_and_alerts_go_by_numbers_that_there_are(start, migrated):
    ports = {name: (free_port(), free_port()) for name in ("serve", "worker")}
    for name, (port, numbers) in ports.items():
        process = start(name, port=port, numbers=numbers)
        while '"working"' not in (line := process.stdout.readline()) and '"answering"' not in line:
            assert process.poll() is None and line, line
    port = ports["serve"][0]
    assert asked(port, '{"query": "{ viewer { __typename } }"}') == 200
    assert asked(port, '{"query": "{ unknown }"}') == 400
    assert asked(port, "no JSON") == 400
    until = time.monotonic() + 60
    there, missing = {}, {"some"}
    used = {one for panel in panels() for target in panel["targets"] for one in counted_in(target["expr"].replace("$namespace", ".*"))}
    used |= {one for rule in alerts_of_the_program() for one in counted_in(rule["expr"])}
    # What Prometheus itself counts.
    used -= {"up"}
    assert len(panels()) > 20 and len(used) > 20
    # What waits in all organisations is counted while nobody waits for it.
    while missing and time.monotonic() < until:
        there = numbers_of(ports["serve"][1]) | numbers_of(ports["worker"][1])
        missing = used - set(there)
    assert missing == set()
    shown = {one.removesuffix("_bucket") for one in used}
    unused = {one for one in there if one.removesuffix("_sum").removesuffix("_count").removesuffix("_bucket") not in shown}
    assert unused == set(), "every number is shown"
