"""Compare two prompts of a made-up language model by quality, latency and cost.

No network: the model is a table of answers and a clock. What counts is what is logged: the answers
as texts by question, and quality, latency and cost as scalars, once a seed.
"""

import argparse
from pathlib import Path

import numpy as np
from tensorboardX import SummaryWriter

PRICE = 2e-6  # dollars a token
SEEDS = 5
ASKED = 5  # times a round, every question
QUESTIONS = {
    "capital": ("What is the capital of Australia?", "Canberra"),
    "boiling": ("At what temperature does water boil at sea level?", "100"),
    "author": ("Who wrote Middlemarch?", "George Eliot"),
    "sum": ("What is 17 + 26?", "43"),
}
PROMPTS = {
    "short": "Answer in one word.",
    "careful": "Think about the question, then answer in a full sentence.",
}
ANSWERS = {
    "short": {"capital": ("Canberra", "Sydney"), "boiling": ("100", "100"), "sum": ("43", "42")},
    "careful": {
        "capital": ("The capital of Australia is Canberra, not Sydney.",) * 2,
        "boiling": ("Water boils at 100 degrees Celsius at sea level.",) * 2,
        "sum": ("17 + 26 is 43.", "Adding 17 and 26 gives 43."),
    },
}


def main():
    """Ask every question with every prompt, and say which command compares them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("directory", nargs="?", default="runs/prompts")
    parser.add_argument("--epochs", type=int, default=20, help="how often each question is asked")
    arguments = parser.parse_args()
    for prompt in PROMPTS:
        for seed in range(SEEDS):
            evaluate(
                Path(arguments.directory, prompt, f"seed_{seed}"), prompt, seed, arguments.epochs
            )
    print(f"Now: reportgen {arguments.directory} --baseline short --compare careful short")


def evaluate(directory, prompt, seed, rounds):
    """Log the answers to all questions, and what they come to."""
    rng = np.random.default_rng([len(prompt), seed])
    with SummaryWriter(str(directory)) as writer:
        writer.add_text("prompt", PROMPTS[prompt], 0)
        for step in range(rounds):
            right, words, seconds = 0, 0, 0.0
            for name, (question, expected) in ASKED * list(QUESTIONS.items()):
                answer = ask(prompt, name, rng)
                right += expected in answer
                words += len(PROMPTS[prompt].split()) + len(question.split()) + len(answer.split())
                seconds += 0.2 + 0.03 * len(answer.split()) * rng.lognormal(0, 0.3)
                writer.add_text(f"answers/{name}", answer, step)
            writer.add_scalar("eval/accuracy", right / ASKED / len(QUESTIONS), step)
            writer.add_scalar("latency/seconds", seconds / ASKED / len(QUESTIONS), step)
            writer.add_scalar("cost/dollars", words * PRICE, step)


def ask(prompt, name, rng):
    """Return one of the answers that the model gives."""
    usual, other = ANSWERS[prompt].get(name, ("George Eliot", "Mary Ann Evans"))
    return usual if rng.uniform() < 0.7 else other


if __name__ == "__main__":
    main()
