"""The Dockerfile and compose.yaml, as far as they can be tried without an engine that runs them."""

import base64
import re
import subprocess

DEBIAN = {"bookworm": "12", "trixie": "13"}


def run(*command, cwd):
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def instructions(root):
    """Each instruction of the Dockerfile, on one line."""
    text = (root / "Dockerfile").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [line.split(None, 1) for line in lines]


def last_stage(root):
    all_of_it = instructions(root)
    begin = max(place for place, (word, _) in enumerate(all_of_it) if word == "FROM")
    return all_of_it[begin:]


def services(compose):
    """Those that run the program."""
    return {name: one for name, one in compose["services"].items() if one["image"].startswith("wederhoor:")}


def test_the_linter_finds_nothing(root):
    found = run("hadolint", "Dockerfile", cwd=root)
    assert found.returncode == 0, found.stdout


def test_the_compiler_is_that_of_the_toolchain_file(root):
    wanted = re.search(r'channel = "(.+)"', (root / "rust-toolchain.toml").read_text())[1]
    assert ["ARG", f"RUST_VERSION={wanted}"] in instructions(root)


def test_the_libc_is_that_of_the_builder(root):
    froms = [rest for word, rest in instructions(root) if word == "FROM"]
    builder = re.search(r"-slim-(\w+) ", froms[0])[1]
    assert froms[-1] == f"gcr.io/distroless/cc-debian{DEBIAN[builder]}:nonroot"


def test_the_image_says_which_version_it_is(root, version):
    assert ["ARG", f"VERSION={version}"] in last_stage(root)


def test_the_image_runs_the_program_as_nobody_in_particular(root, settings):
    stage = last_stage(root)
    assert ["USER", "65532:65532"] in stage
    assert ["ENTRYPOINT", '["/usr/bin/wederhoor"]'] in stage
    assert not [rest for word, rest in stage if word == "RUN"]
    set_there = {rest.split("=")[0] for word, rest in stage if word == "ENV"}
    assert set_there <= settings


def test_secrets_of_this_machine_stay_out_of_git_and_of_the_image(root):
    assert run("git", "check-ignore", "--quiet", ".env", cwd=root).returncode == 0
    assert ".*" in (root / ".dockerignore").read_text().splitlines()


def test_compose_is_valid(root):
    found = run("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "compose.yaml", cwd=root)
    assert found.returncode == 0, found.stdout


def test_compose_confines_what_it_runs(compose):
    for name in [*services(compose), "mail"]:
        one = compose["services"][name]
        assert one["read_only"] and one["cap_drop"] == ["ALL"], name
        assert one["security_opt"] == ["no-new-privileges:true"], name
        assert one["user"] == "65532:65532", name
    published = [port for one in compose["services"].values() for port in one.get("ports", [])]
    assert all(port.startswith("127.0.0.1:") for port in published), published


def test_compose_sets_what_there_is_to_set(compose, settings):
    for name, one in services(compose).items():
        assert set(one["environment"]) <= settings, name


def test_compose_brings_no_secret(root, compose):
    text = (root / "compose.yaml").read_text()
    wanted = re.findall(r"\$\{([A-Z_]+)(.*?)\}", text)
    assert {otherwise for _, otherwise in wanted} == {":?see the top of compose.yaml"}
    for name, one in compose["services"].items():
        for key, value in one.get("environment", {}).items():
            if "PASSWORD" in key or "KEY" in key:
                assert value.startswith(f"${{{key}:?"), (name, key)
            assert not re.search(r"://\w+:(?!\$)[^/]*@", value), (name, key)


def test_compose_says_how_to_make_each_secret(root, tmp_path):
    text = (root / "compose.yaml").read_text()
    for line in re.findall(r"^# +(for name in .*)$", text, re.MULTILINE):
        subprocess.run(["bash", "-euc", line], cwd=tmp_path, check=True)
    made = dict(line.split("=", 1) for line in (tmp_path / ".env").read_text().splitlines())
    assert set(made) == set(re.findall(r"\$\{([A-Z_]+)", text))
    assert len(set(made.values())) == len(made)
    for name, value in made.items():
        if name.endswith("_PASSWORD"):
            # It stands in an address as it is.
            assert re.fullmatch(r"\w{48}", value), name
        else:
            assert len(base64.b64decode(value, validate=True)) == 32, name


def test_compose_gives_each_login_to_whom_it_is_for(root, compose):
    roles = (root / "scripts/roles.sql").read_text()
    passwords = set(re.findall(r"\\getenv \w+ (\w+)", roles))
    assert passwords <= set(compose["services"]["database"]["environment"])
    logins = {
        name: set(re.findall(r"postgres://(\w+):\$\{(\w+):", " ".join(one["environment"].values())))
        for name, one in services(compose).items()
    }
    application = ("wederhoor_app", "APP_PASSWORD")
    assert logins == {
        "migrate": {application, ("wederhoor_owner", "OWNER_PASSWORD")},
        "serve": {application},
        "worker": {application},
        "deletion": {("wederhoor_maintenance", "MAINTENANCE_PASSWORD")},
    }
