# The prompts of the bench as a task of Inspect.
import json
import os

from inspect_ai import Task, task
from inspect_ai.dataset import Sample
from inspect_ai.scorer import includes
from inspect_ai.solver import generate


@task
def prompts():
    with open(os.environ["BENCH_PROMPTS"], encoding="utf-8") as lines:
        samples = [Sample(input=json.loads(line)["prompt"], target="turquoise") for line in lines]
    return Task(dataset=samples, solver=generate(), scorer=includes())
