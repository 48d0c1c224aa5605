# The prompts of the bench through PyRIT's executor, scored by words, with its memory in a file.
import asyncio
import json
import os
import sys

from pyrit.executor.attack import AttackExecutor, AttackScoringConfig, PromptSendingAttack
from pyrit.prompt_target import OpenAIChatTarget
from pyrit.score import SubStringScorer
from pyrit.setup import SQLITE, initialize_pyrit_async


async def main():
    await initialize_pyrit_async(memory_db_type=SQLITE)
    with open(os.environ["BENCH_PROMPTS"], encoding="utf-8") as lines:
        prompts = [json.loads(line)["prompt"] for line in lines]
    scoring = AttackScoringConfig(objective_scorer=SubStringScorer(substring="crimson", categories=["bench"]))
    attack = PromptSendingAttack(objective_target=OpenAIChatTarget(), attack_scoring_config=scoring)
    executor = AttackExecutor(max_concurrency=int(sys.argv[1]))
    results = await executor.execute_attack_async(attack=attack, objectives=prompts, return_partial_on_failure=True)
    print(f"{len(results)} done, {'some' if results.has_incomplete else 'none'} incomplete")
    return 1 if results.has_incomplete else 0


sys.exit(asyncio.run(main()))
