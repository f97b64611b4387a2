"""What several tests read."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def settings():
    """Every name that .env.example lists."""
    text = (ROOT / ".env.example").read_text()
    return set(re.findall(r"^#?(WEDERHOOR_\w+)=", text, re.MULTILINE))


@pytest.fixture(scope="session")
def version():
    """The version of the program."""
    return re.search(r'^version = "(.+)"', (ROOT / "Cargo.toml").read_text(), re.MULTILINE)[1]


@pytest.fixture(scope="session")
def compose():
    return yaml.safe_load((ROOT / "compose.yaml").read_text())
