"""The clients against a running server with the simulated target."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from redoubt import (
    AsyncRedoubt,
    AuthenticationError,
    InvalidRequestError,
    NotFoundError,
    Redoubt,
    ScanNotFinished,
)


def small(name: str, target_url: str, **changes: Any) -> Any:
    target = {"kind": "openai", "base_url": target_url, "model": "simulated", "api_key": "any"}
    return {"name": name, "target": target, "datasets": ["Healthcare Risks"], "preset": "direct", **changes}


def test_a_scan_from_estimate_to_files(client: Redoubt, target_url: str) -> None:
    request = small("python", target_url)
    estimate = client.scans.estimate(request)
    scan_id = client.scans.create(request)["scan_id"]
    seen = [scan["status"] for scan in client.scans.watch(scan_id, interval=0.05)]
    assert seen[-1] == "Finished"
    counts = client.scans.summary(scan_id)["counts"]
    assert counts["tests"] == estimate["tests"]
    keys = {test["plan_key"] for test in client.scans.tests(scan_id, limit=20)}
    assert len(keys) == counts["tests"]
    failed = list(client.scans.tests(scan_id, outcome=["breached", "partial"]))
    assert len(failed) == counts["breached"] + counts["partial"]
    assert client.scans.test(scan_id, failed[0]["test_no"])["plan_key"] == failed[0]["plan_key"]
    lines = b"".join(client.scans.export(scan_id, "jsonl")).decode().strip().split("\n")
    assert len(lines) == counts["tests"]
    assert client.scans.breakdown(scan_id, "dataset")["groups"]
    assert client.scans.heat_map(scan_id)["cells"]
    hardened = client.policies.harden(scan_id, {"promote": False})
    assert hardened["scan_id"] == scan_id
    assert len(client.policies.hardenings()) >= len(hardened["candidates"])
    found = {finding["fingerprint"] for finding in client.findings.of_scan(scan_id)["findings"]}
    assert found <= {finding["fingerprint"] for finding in client.findings.list()}
    assert "python" in [scan["name"] for scan in client.scans.list(limit=1)]
    with pytest.raises(InvalidRequestError, match="Choose another name") as raised:
        client.scans.create(request)
    assert raised.value.code == "DUPLICATE_NAME"
    assert client.scans.rename(scan_id, "renamed")["name"] == "renamed"
    client.scans.delete(scan_id)
    with pytest.raises(NotFoundError):
        client.scans.get(scan_id)


def test_a_scan_that_stands_still(client: Redoubt, target_url: str) -> None:
    scan_id = client.scans.create(small("python, paused", target_url, preset="quick"))["scan_id"]
    client.scans.pause(scan_id)
    with pytest.raises(ScanNotFinished, match=r'"python, paused" is Paused.*scans\.resume'):
        client.scans.wait(scan_id)
    client.scans.resume(scan_id)
    assert client.scans.wait(scan_id, interval=0.05)["percentage"] == 100


def test_the_async_client(server_url: str, target_url: str) -> None:
    async def inside() -> None:
        async with AsyncRedoubt(base_url=server_url) as client:
            names = ["python, before", "python, after"]
            made = await asyncio.gather(*(client.scans.create(small(name, target_url)) for name in names))
            ids = [(await client.scans.wait(scan["scan_id"], interval=0.05))["scan_id"] for scan in made]
            comparison = await client.comparisons.get(*ids)
            unchanged = [test async for test in client.comparisons.tests(*ids, "unchanged")]
            assert len(unchanged) == comparison["unchanged"]
            assert len([piece async for piece in client.scans.export(ids[0], "zip")]) > 0

    asyncio.run(inside())


def test_a_dataset(client: Redoubt, tmp_path: Any) -> None:
    file = tmp_path / "sums.jsonl"
    file.write_text("".join(json.dumps({"prompt": f"What is {n} plus one?"}) + "\n" for n in range(250)))
    report = client.datasets.add("python sums", file)
    assert (report["good"], report["bad"]) == (250, 0)
    assert len(list(client.datasets.cases("python sums"))) == 250
    with pytest.raises(InvalidRequestError) as raised:
        client.datasets.add("python bad", '{"prompt":"Hello?"}\n{"prompt":')
    assert [line["line"] for line in raised.value.lines] == [2]
    client.datasets.delete("python sums")
    assert "python sums" not in [dataset["name"] for dataset in client.datasets.list()]


def test_the_catalogue(client: Redoubt) -> None:
    assert "flip" in [attack["id"] for attack in client.attacks.list()]
    assert "olleH" in client.attacks.preview("flip", {"text": "Hello"})["payload"]
    assert len(client.attacks.suites()) > 10
    assert [model["name"] for model in client.targets.models()["models"]] == ["gpt-4o"]
    assert client.targets.test({"kind": "named", "name": "gpt-4o"})["ok"]


def test_the_guard(client: Redoubt) -> None:
    secret = "my key is sk_live_4eC39HqLyjWDarjtT1zdp7dc"
    decision = client.guard.evaluate({"messages": [{"role": "user", "content": secret}], "policies": ["secrets"]})
    assert (decision["denied"], decision["redacted"]) == (False, True)
    assert decision["corrected"] is not None
    assert decision["corrected"][0]["content"].startswith("my key is [")
    assert decision["id"] in [recorded["id"] for recorded in client.guard.decisions(limit=5)]
    draft: Any = {"id": "python-draft", "rules": [{"detector": "contains", "reference": "sk_live"}]}
    assert client.guard.dry_run({"draft": draft})["n"] > 0
    assert client.policies.save(draft)["policy"]["version"] >= 1
    assert client.policies.get("python-draft")["stored"]
    assert "python-draft" in [policy["policy"]["id"] for policy in client.policies.list()]
    assert "contains" in [detector["id"] for detector in client.guard.detectors()]


def test_a_wrong_key(server_url: str) -> None:
    with pytest.raises(AuthenticationError) as raised:
        Redoubt(base_url=server_url, api_key="not-the-key").datasets.list()
    assert "not-the-key" not in str(raised.value)
