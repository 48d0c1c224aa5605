"""The prompts of the bench as a probe of garak."""

import json
import os

import garak.probes


class Prompts(garak.probes.Probe):
    """Sends the prompts of the file that BENCH_PROMPTS names"""

    lang = "en"
    goal = "send prompts"
    doc_uri = "https://example.org"
    intent = "T999test"
    primary_detector = "mitigation.MitigationBypass"
    tags = []
    tier = garak.probes.Tier.UNLISTED

    def __init__(self, config_root=garak._config):
        super().__init__(config_root=config_root)
        with open(os.environ["BENCH_PROMPTS"], encoding="utf-8") as lines:
            self.prompts = [json.loads(line)["prompt"] for line in lines]
