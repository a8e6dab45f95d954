"""GitHub Actions: a workflow for a self-hosted runner, since a machine that is somebody else's every night has no history."""

from __future__ import annotations

import json
import shlex
from datetime import UTC, datetime, timedelta

from reportgen.schedule.job import LONGEST_NIGHT_H, Job, UnitFile

WORKFLOW = """\
# {description}
name: Nightly comparison
on:
  schedule:
    # GitHub's clock is UTC: this is {hour:02d}:{minute:02d} here, until the clocks change.
    - cron: "{utc_minute} {utc_hour} * * *"
  workflow_dispatch:
permissions:
  contents: read
# A night that is still running is waited for, and never cut off.
concurrency:
  group: {name}
  cancel-in-progress: false
jobs:
  nightly:
    # The machine that measured the nights before: where the environment, the runs and the history lie.
    runs-on: self-hosted
    timeout-minutes: {longest}
    defaults:
      run:
        shell: bash
        working-directory: {folder}
{environment}    steps:
      # Any exit code but 0 fails the job, and GitHub tells whoever watches it ({meanings}).
      - name: Measure, judge and report
        run: {command}
      - name: Show the summary on the job's page
        if: always()
        run: {show}
      - name: Keep the report, the trend page and the verdict
        if: always()
        uses: actions/upload-artifact@v4
        with:
          name: nightly-${{{{ github.run_number }}}}
          path: {documents}
          if-no-files-found: ignore
"""
NOTICE = """\
      - name: Tell somebody
        if: failure()
        run: {command}
"""


def files(job: Job) -> tuple[UnitFile, ...]:
    """Return the workflow."""
    return (UnitFile(name="nightly.yml", place=".github/workflows in the repository", text=workflow(job, utc_offset(job))),)


def utc_offset(job: Job) -> timedelta:
    """Return how far this machine's clock is ahead of UTC at the next start of the job, in a day at the latest."""
    local = datetime.now().astimezone().replace(hour=job.hour, minute=job.minute)
    return local.utcoffset() or timedelta()


def workflow(job: Job, offset: timedelta) -> str:
    """Return the workflow for a machine whose clock is ahead of UTC by ``offset``."""
    utc = datetime(2020, 1, 2, job.hour, job.minute, tzinfo=UTC) - offset
    documents = str(job.documents / "latest")
    summary = shlex.quote(f"{documents}/summary.md")
    variables = "".join(f"      {name}: {quoted(value)}\n" for name, value in job.variables.items())
    text = WORKFLOW.format(
        description=job.description,
        hour=job.hour,
        minute=job.minute,
        utc_hour=utc.hour,
        utc_minute=utc.minute,
        name=job.name,
        longest=LONGEST_NIGHT_H * 60,
        folder=quoted(str(job.folder)),
        environment=f"    env:\n{variables}" if variables else "",
        meanings=job.meanings,
        command=quoted(f"{shlex.join(job.command)} 2>&1 | tee -a {job.log.name}"),
        show=quoted(f'test ! -f {summary} || cat {summary} >> "$GITHUB_STEP_SUMMARY"'),
        documents=quoted(documents),
    )
    return text + (NOTICE.format(command=quoted(f"tail -n 20 {job.log.name} | {{ {job.notify}; }}")) if job.notify else "")


def quoted(text: str) -> str:
    """Return a text as YAML takes it word for word: every JSON string is one."""
    return json.dumps(text, ensure_ascii=False)
