"""A Temporal worker in Python whose activity is a task of a Ratchet run.

    pip install -r requirements.txt
    TEMPORAL_ADDRESS=127.0.0.1:7233 python worker.py

`./ratchet up` prints the address of its Temporal server.
"""

import asyncio
import os
import re

from temporalio import activity
from temporalio.client import Client
from temporalio.exceptions import ApplicationError
from temporalio.worker import Worker


@activity.defn(name="count_words")
async def count_words(document: dict) -> dict:
    """The resolved `input` of the task is the only argument; what is returned is the task's output."""
    if "text" not in document:
        raise ApplicationError("Expected a text, but there is none", type="no_text", non_retryable=True)
    words = re.findall(r"\w+", document["text"].lower())
    return {"words": len(words), "distinct": len(set(words)), "longest": max(words, key=len, default="")}


async def main() -> None:
    client = await Client.connect(
        os.environ.get("TEMPORAL_ADDRESS", "127.0.0.1:7233"),
        namespace=os.environ.get("TEMPORAL_NAMESPACE", "default"),
    )
    queue = os.environ.get("TASK_QUEUE", "python")
    print(f"polling {queue}", flush=True)
    await Worker(client, task_queue=queue, activities=[count_words]).run()


if __name__ == "__main__":
    asyncio.run(main())
