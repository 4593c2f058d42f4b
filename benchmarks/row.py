"""One row of the report: what was measured, each round's samples, and the threshold that they are held against."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Row:
    """Samples of contestants that took turns.

    Attributes:
        name: the row's name.
        measured: what was measured, and on what.
        unit: the unit of the samples.
        subject: the contestant that the threshold is for.
        baseline: the contestant that all are compared with.
        samples: one sample a round, by contestant.
        threshold: the highest ratio of subject to baseline that is good enough; None without such a goal.
        allowance: how much more than the baseline's the subject's sample may be; None without such a goal.
    """

    name: str
    measured: str
    unit: str
    subject: str
    baseline: str
    samples: Mapping[str, Sequence[float]]
    threshold: float | None
    allowance: float | None = None

    def medians(self) -> dict[str, float]:
        """Returns the median sample by contestant."""
        return {contestant: statistics.median(samples) for contestant, samples in self.samples.items()}

    def ratios(self) -> dict[str, float]:
        """Compares the contestants with the baseline, round by round: what slows a whole round down cancels out.

        Returns:
            The median of the rounds' ratios, by contestant.
        """
        base = self.samples[self.baseline]
        return {
            contestant: statistics.median(sample / reference for sample, reference in zip(samples, base, strict=True))
            for contestant, samples in self.samples.items()
        }

    def difference(self) -> float:
        """Returns the median of the rounds' differences between the subject and the baseline."""
        pairs = zip(self.samples[self.subject], self.samples[self.baseline], strict=True)
        return statistics.median(sample - reference for sample, reference in pairs)

    def is_reached(self) -> bool | None:
        """Holds the subject's ratio against the threshold, or its difference against the allowance.

        Returns:
            Whether it is at most that; None without either.
        """
        if self.allowance is not None:
            return self.difference() <= self.allowance
        return None if self.threshold is None else self.ratios()[self.subject] <= self.threshold
