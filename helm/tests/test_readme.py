"""What the chart's README.md says, done."""

import base64
import re
import subprocess

import yaml
from charts import CHART, case, containers, merged, pods, render

README = (CHART / "README.md").read_text()


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def secrets_made():
    """What the commands would make: the content of each Secret by its name."""
    # In the place of kubectl and helm stands what shows the arguments.
    stub = 'kubectl() { printf "%s\\n" "$@" ""; }; helm() { :; }\n'
    said = subprocess.run(["bash", "-euc", stub + "\n".join(blocks("sh"))], capture_output=True, text=True, check=True).stdout
    made = {}
    for call in said.split("\n\n"):
        words = call.splitlines()
        if words[:3] == ["create", "secret", "generic"]:
            literals = [word.removeprefix("--from-literal=") for word in words if word.startswith("--from-literal=")]
            made[words[3]] = dict(literal.split("=", 1) for literal in literals)
    return made


def test_the_database_of_the_operator_has_the_logins_that_the_program_needs(root):
    (cluster,) = map(yaml.safe_load, blocks("yaml"))
    name, spec = cluster["metadata"]["name"], cluster["spec"]
    roles = {role["name"]: role["passwordSecret"]["name"] for role in spec["managed"]["roles"]}
    owner = spec["bootstrap"]["initdb"]["owner"]
    assert {owner, *roles} == set(re.findall(r"ALTER ROLE (\w+)", (root / "scripts/roles.sql").read_text()))

    values = case("cloudnative-pg")
    assert values["database"]["existingSecret"] == roles["wederhoor_app"]
    assert values["deletion"]["existingSecret"] == roles["wederhoor_maintenance"]
    # As the operator calls what it makes.
    assert values["migration"] == {"existingSecret": f"{name}-app", "key": "uri"}
    assert values["database"]["ca"]["existingSecret"] == f"{name}-ca"
    (peer,) = values["networkPolicy"]["database"]["peers"]
    assert peer == {"podSelector": {"matchLabels": {"cnpg.io/cluster": name}}}

    made = secrets_made()
    mounts = {mount["mountPath"] for one in containers(pods(render(values))["serve"]) for mount in one["volumeMounts"]}
    for login, secret in roles.items():
        content = made[secret]
        assert content["username"] == login
        database = spec["bootstrap"]["initdb"]["database"]
        begin = f"postgres://{login}:{content['password']}@{name}-rw/{database}?sslmode=verify-full&sslrootcert="
        assert content["url"].startswith(begin)
        assert content["url"].removeprefix(begin).removesuffix("/ca.crt") in mounts


def test_keys_are_made_as_they_are_wanted():
    usual = merged(case("minimal"))["keys"]
    made = secrets_made()[case("minimal")["keys"]["existingSecret"]]
    assert set(made) == {usual["token"], usual["sealing"]}
    assert all(len(base64.b64decode(one, validate=True)) == 32 for one in made.values())


def test_links_lead_somewhere():
    for link in re.findall(r"\]\((?!https:)([^)]+)\)", README):
        assert (CHART / link).exists(), link
