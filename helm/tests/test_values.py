"""What can be set: every value declared, explained, used and checked."""

import json
import re

import jsonschema
import pytest
import yaml
from charts import CHART, case, changed, environment, merged, pods, render
from helm_python import HelmError

SCHEMA = json.loads((CHART / "values.schema.json").read_text())
VALUES = (CHART / "values.yaml").read_text()

SECRETS = {
    "WEDERHOOR_DATABASE_URL",
    "WEDERHOOR_DATABASE_OWNER_URL",
    "WEDERHOOR_LISTEN_DATABASE_URL",
    "WEDERHOOR_MAINTENANCE_DATABASE_URL",
    "WEDERHOOR_TOKEN_KEY",
    "WEDERHOOR_TOKEN_KEYS_TAKEN",
    "WEDERHOOR_SEALING_KEY",
    "WEDERHOOR_SEALING_KEYS_OLDER",
    "WEDERHOOR_SMTP_URL",
}
# Where containers listen, and where files are mounted, is the chart's.
OF_THE_CHART = {"WEDERHOOR_BIND", "WEDERHOOR_METRICS_BIND", "WEDERHOOR_OTLP_ENDPOINT", "WEDERHOOR_SMTP_CA_FILE"}

LONE = ("networkPolicy.enabled", False)


def resolved(schema):
    return SCHEMA["definitions"][schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema


def paths_of_schema(schema, path=()):
    """Every value that the schema knows, but for maps of the user's own."""
    schema = resolved(schema)
    properties = schema.get("properties", {})
    if not properties or path and path[-1] in ("config", "resources"):
        return {path}
    return {found for key, one in properties.items() for found in paths_of_schema(one, (*path, key))}


def paths_of_values(value, path=()):
    """Every value that values.yaml declares."""
    if not isinstance(value, dict) or not value or path[-1:] in [("config",), ("resources",)]:
        return {path}
    return {found for key, one in value.items() for found in paths_of_values(one, (*path, key))}


def test_the_schema_is_a_schema_that_every_helm_understands():
    assert SCHEMA["$schema"] == "http://json-schema.org/draft-07/schema#"
    jsonschema.Draft7Validator.check_schema(SCHEMA)


def test_the_schema_lets_no_unknown_name_in():
    def walk(schema, path):
        if isinstance(schema, list):
            for place, one in enumerate(schema):
                walk(one, f"{path}/{place}")
        elif isinstance(schema, dict):
            if schema.get("type") == "object" and path != "#/properties/global":
                further = schema.get("additionalProperties", True)
                assert further is False or further["type"] == "string", path
            for key, one in schema.items():
                walk(one, f"{path}/{key}")

    walk(SCHEMA, "#")


def test_the_schema_knows_what_is_declared_and_nothing_else():
    assert paths_of_schema(SCHEMA) - {("global",)} == paths_of_values(yaml.safe_load(VALUES))


def test_every_value_is_explained():
    lines = VALUES.splitlines()
    unexplained = [
        line
        for before, line in zip(["", *lines], lines)
        if re.match(r" *\w+:", line) and not before.lstrip().startswith("# ")
    ]
    of_kubernetes = re.compile(r" +(requests|limits|podSelector): ")
    assert [line for line in unexplained if not of_kubernetes.match(line)] == []


def test_every_value_is_used_and_every_used_one_is_declared():
    templates = [path.read_text() for path in (CHART / "templates").rglob("*") if path.is_file()]
    used = {tuple(one.split(".")) for text in templates for one in re.findall(r"\.Values\.([\w.]+)", text)}
    # By this one the schema alone decides whether a hook is refused.
    assert used | {("database", "external")} == paths_of_values(yaml.safe_load(VALUES))


def test_settings_have_the_names_and_kinds_of_the_program(root, settings):
    properties = SCHEMA["properties"]["config"]["properties"]
    assert set(properties) == settings - SECRETS - OF_THE_CHART
    example = (root / ".env.example").read_text()
    numbers = set(re.findall(r"^#(WEDERHOOR_\w+)=\d+$", example, re.MULTILINE))
    assert {key for key, one in properties.items() if one["type"] == "integer"} == numbers & set(properties)


def test_settings_reach_the_program_as_they_are():
    for component in ("serve", "worker"):
        (container,) = pods(render(case("everything")))[component]["spec"]["containers"]
        told = environment(container)
        wanted = {key: str(value) for key, value in case("everything")["config"].items()}
        assert wanted.items() <= told.items()
        assert told["WEDERHOOR_LIMIT_BODY_BYTES"] == "16777216"


def test_all_that_can_be_set_is_set_otherwise_in_one_case():
    def at(values, path):
        for key in path:
            values = values[key]
        return values

    usual, other = yaml.safe_load(VALUES), merged(case("everything"))
    same = {path for path in paths_of_values(usual) if at(usual, path) == at(other, path)}
    # A number of processes that is not scaled, and what no cluster has otherwise: other cases set these.
    assert same == {
        ("listenAddress",),
        ("serve", "replicas"),
        ("networkPolicy", "enabled"),
        ("networkPolicy", "dns", "peers"),
        ("networkPolicy", "dns", "ports"),
    }


REFUSED = {
    "an unknown value": ("minimal", [("replicaCount", 3)], "at '': additional properties 'replicaCount' not allowed"),
    "an unknown value within": ("minimal", [("serve.replica", 3)], "at '/serve': additional properties 'replica' not allowed"),
    "a setting that is spelt wrong": (
        "minimal",
        [("config.WEDERHOOR_BASE_ULR", "https://klachten.example")],
        "at '/config': additional properties 'WEDERHOOR_BASE_ULR' not allowed",
    ),
    "a secret among the settings": (
        "minimal",
        [("config.WEDERHOOR_TOKEN_KEY", "secret")],
        "at '/config': additional properties 'WEDERHOOR_TOKEN_KEY' not allowed",
    ),
    "a setting of the chart": (
        "minimal",
        [("config.WEDERHOOR_BIND", "0.0.0.0:80")],
        "at '/config': additional properties 'WEDERHOOR_BIND' not allowed",
    ),
    "a number as a text": ("minimal", [("config.WEDERHOOR_STREAMS", "many")], "at '/config/WEDERHOOR_STREAMS': got string, want integer"),
    "no image": ("minimal", [("image.repository", "")], "at '/image/repository': minLength: got 0, want 1"),
    "a digest that is none": ("minimal", [("image.digest", "latest")], "at '/image/digest': 'latest' does not match pattern"),
    "no address for people": ("minimal", [("config.WEDERHOOR_BASE_URL", ...)], "at '/config': missing property 'WEDERHOOR_BASE_URL'"),
    "an address that is not encrypted": (
        "minimal",
        [("config.WEDERHOOR_BASE_URL", "http://klachten.example")],
        "at '/config/WEDERHOOR_BASE_URL': 'http://klachten.example' does not match pattern",
    ),
    "no database": ("minimal", [("database.existingSecret", "")], "at '/database/existingSecret': minLength: got 0, want 1"),
    "an address of a database": (
        "minimal",
        [("database.existingSecret", "postgres://app:secret@db/x")],
        "does not match pattern",
    ),
    "no keys": ("minimal", [("keys.existingSecret", "")], "at '/keys/existingSecret': minLength: got 0, want 1"),
    "no owner": ("minimal", [("migration.existingSecret", "")], "at '/migration/existingSecret': minLength: got 0, want 1"),
    "no owner for a hook": ("external", [("migration.existingSecret", "")], "at '/migration/existingSecret': minLength: got 0, want 1"),
    "a hook that would wait for its own release": ("external", [("database.external", False)], "at '/database/external': value must be true"),
    "a way of migrating that there is not": ("minimal", [("migration.mode", "never")], "value must be one of 'job', 'hook', 'manual'"),
    "letters from nobody": ("external", [("config.WEDERHOOR_MAIL_FROM", ...)], "at '/config': missing property 'WEDERHOOR_MAIL_FROM'"),
    "a root for no mail server": ("minimal", [("mail.ca.existingSecret", "ca")], "at '/mail/existingSecret': minLength: got 0, want 1"),
    "an Ingress whose word is not taken": (
        "external",
        [("config.WEDERHOOR_TRUSTED_PROXIES", ...)],
        "at '/config': missing property 'WEDERHOOR_TRUSTED_PROXIES'",
    ),
    "an Ingress for no host": ("external", [("ingress.hosts", [])], "at '/ingress/hosts': minItems: got 0, want 1"),
    "an Ingress that is not let in": (
        "external",
        [("networkPolicy.clients.peers", [])],
        "at '/networkPolicy/clients/peers': minItems: got 0, want 1",
    ),
    "a database that is not let out to": (
        "minimal",
        [("networkPolicy.database.peers", [])],
        "at '/networkPolicy/database/peers': minItems: got 0, want 1",
    ),
    "a mail server that is not let out to": (
        "external",
        [("networkPolicy.mail.peers", [])],
        "at '/networkPolicy/mail/peers': minItems: got 0, want 1",
    ),
    "a collector that is not let out to": (
        "everything",
        [("networkPolicy.telemetry.peers", [])],
        "at '/networkPolicy/telemetry/peers': minItems: got 0, want 1",
    ),
    "a collector beyond the network": (
        "everything",
        [("telemetry.otlp.endpoint", "https://key@collector.example")],
        "at '/telemetry/otlp/endpoint'",
    ),
    "everybody as a peer": ("minimal", [("networkPolicy.database.peers", [{}])], "at '/networkPolicy/database/peers/0': minProperties"),
    "a peer in two ways": (
        "minimal",
        [("networkPolicy.database.peers", [{"ipBlock": {"cidr": "192.0.2.5/32"}, "podSelector": {}}])],
        "at '/networkPolicy/database/peers/0': maxProperties: got 2, want 1",
    ),
    "scaling without a measure": (
        "everything",
        [("serve.resources.requests", None)],
        "at '/serve/resources': missing property 'requests'",
    ),
    "more at least than at most": ("everything", [("serve.autoscaling.minReplicas", 10)], "minReplicas is more than maxReplicas"),
    "nobody who answers": ("minimal", [("serve.replicas", 0)], "at '/serve/replicas': minimum: got 0, want 1"),
    "nodes that can never be emptied": ("minimal", [("serve.maxUnavailable", 0)], "at '/serve/maxUnavailable'"),
    "an amount of memory that is none": (
        "minimal",
        [("worker.resources.limits.memory", "256 MB")],
        "at '/worker/resources/limits/memory': '256 MB' does not match pattern",
    ),
    "root": ("minimal", [("runAsUser", 0)], "at '/runAsUser': minimum: got 0, want 1"),
    "a label that finds pods": (
        "minimal",
        [("podLabels", {"app.kubernetes.io/component": "other"})],
        "invalid propertyName 'app.kubernetes.io/component'",
    ),
    "a monitor without numbers": ("everything", [("metrics.enabled", False)], "at '/metrics/enabled': value must be true"),
    "a dashboard without numbers": (
        "everything",
        [("metrics.enabled", False), ("serviceMonitor.enabled", False)],
        "at '/metrics/enabled': value must be true",
    ),
    "numbers that nobody may read": (
        "everything",
        [("networkPolicy.monitoring.peers", [])],
        "at '/networkPolicy/monitoring/peers': minItems: got 0, want 1",
    ),
    "a deletion by nobody": ("minimal", [("deletion.enabled", True)], "at '/deletion/existingSecret': minLength: got 0, want 1"),
    "a group of values taken away": ("minimal", [("worker", None)], "at '': missing property 'worker'"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused(what):
    name, changes, message = REFUSED[what]
    with pytest.raises(HelmError) as refusal:
        render(changed(name, *changes))
    assert message in str(refusal.value)


def test_without_policies_nobody_need_be_named():
    assert render(changed("minimal", LONE, ("networkPolicy.database", {"peers": []})))
    assert render(changed("external", LONE, ("networkPolicy.mail.peers", []), ("networkPolicy.clients.peers", [])))
